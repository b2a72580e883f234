"""Coaching at a glance, for those who supervise or coach."""

from django.http import HttpRequest, HttpResponse

from fidelity.coaching import dashboard_of
from portal.agencies.access import holds
from portal.agencies.models import Role
from portal.people.models import User
from portal.web.page import page


@holds(Role.SUPERVISOR, Role.COACH)
def show(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    return page(request, "fidelity/coaching/show.html", {"dashboard": dashboard_of(request.user)})
