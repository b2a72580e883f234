"""The roster as a file to keep, change and import again."""

from django.http import HttpResponse
from django.utils import timezone

from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.agencies.roster.export import rows_of, written
from portal.audit.events import record
from portal.people.requests import Request


@administers.writing_on_get()
def index(request: Request, agency: Agency) -> HttpResponse:
    """A download. It is recorded: names and addresses leave the portal."""
    answer = HttpResponse(written(rows_of(agency)), content_type="text/csv; charset=utf-8")
    day = agency.day_of(timezone.now())
    answer["Content-Disposition"] = f'attachment; filename="roster-{day}.csv"'
    if request.method == "GET":
        record("roster.exported", on=agency, by=request.user, agency=agency)
    return answer
