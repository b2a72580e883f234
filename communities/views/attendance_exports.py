"""Who came, as a file for hosts and admins: of one session, or of a series."""

from django.http import HttpResponse

from communities.attendance_csv import attendance_csv
from communities.models import Attendance, Series, Session
from communities.models.attendance import AttendanceQuerySet
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request


@access.record(Session, "hosted_by", visible="visible_to", why=RUN)
def show(request: Request, session: Session) -> HttpResponse:
    theirs = Attendance.objects.filter(session=session)
    return _file(theirs, f"attendance-{session.original_day}")


@access.record(Series, "hosted_by", visible="visible_to", why=RUN)
def index(request: Request, series: Series) -> HttpResponse:
    theirs = Attendance.objects.filter(session__series=series)
    return _file(theirs, f"attendance-series-{series.pk}")


def _file(attendances: AttendanceQuerySet, name: str) -> HttpResponse:
    response = HttpResponse(attendance_csv(attendances), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
