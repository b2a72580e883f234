"""A small roster to begin from."""

from django.http import HttpResponse

from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.agencies.roster.export import SAMPLE, written
from portal.people.requests import Request


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    answer = HttpResponse(written(SAMPLE), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="roster-sample.csv"'
    return answer
