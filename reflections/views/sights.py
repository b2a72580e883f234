"""For supervisors: that someone reflected in a month, where their agency shows it."""

from datetime import timedelta

from django.http import HttpResponse

from portal.agencies.access import holds
from portal.agencies.models import Role
from portal.people.requests import Request
from portal.web.page import page
from reflections.sight import first_of_month, who_reflected


@holds(Role.SUPERVISOR)
def index(request: Request) -> HttpResponse:
    """This month, or the last: a course of many months would be a ranking in the making."""
    this_month = first_of_month()
    is_last = "last" in request.GET
    month = (this_month - timedelta(days=1)).replace(day=1) if is_last else this_month
    context = {"month": month, "is_last": is_last, "people": who_reflected(request.user, month)}
    return page(request, "reflections/sights/index.html", context)
