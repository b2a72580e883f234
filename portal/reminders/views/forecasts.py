"""What an agency's rules will say in the next seven days."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.notices.models import Heartbeat
from portal.people.requests import Request
from portal.reminders.forecasts import coming
from portal.web.page import page

A_PAGE = 50


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    at = timezone.now()
    found, further = coming(agency, at)
    context = {
        "agency": agency,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "further": further,
        "is_stuck": Heartbeat.is_stuck("tick", at),
    }
    return page(request, "reminders/forecasts/index.html", context)
