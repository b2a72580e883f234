"""Who came, as a spreadsheet: what was put right afterwards is marked."""

import csv
from collections.abc import Iterable
from io import StringIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from communities.models import Attendance
from communities.models.attendance import AttendanceQuerySet

# A cell that begins so is a formula to a spreadsheet, or becomes one once a separator is guessed.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def attendance_csv(attendances: AttendanceQuerySet) -> str:
    """One row a person and session, marked as UTF-8 for Excel. Three queries."""
    rows = attendances.select_related(
        "session__series__community", "session__cancellation", "person", "by"
    ).prefetch_related("corrections__by")
    file = StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(
        [
            _("Community"),
            _("Series"),
            _("Starts"),
            _("Ends"),
            _("Time zone"),
            _("Called off"),
            _("Person"),
            _("Came"),
            _("How"),
            _("Marked by"),
            _("Marked at (UTC)"),
            _("Put right"),
            _("Put right by"),
            _("Why"),
        ]
    )
    for each in rows.order_by("session__starts_at", "session", "person__name", "pk"):
        writer.writerow([safe(cell) for cell in _cells(each)])
    return file.getvalue()


def safe(cell: str) -> str:
    """The cell as text, whatever it begins with: a formula is quoted."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA) else cell


def _cells(attendance: Attendance) -> Iterable[str]:
    session = attendance.session
    series = session.series
    zone = ZoneInfo(series.time_zone)
    corrections = list(attendance.corrections.all())
    yield series.community.name
    yield series.title
    yield f"{session.starts_at.astimezone(zone):%Y-%m-%d %H:%M}"
    yield f"{session.ends_at.astimezone(zone):%Y-%m-%d %H:%M}"
    yield series.time_zone
    yield _("yes") if session.is_cancelled else ""
    yield attendance.person.name
    yield _("yes") if attendance.came else _("no")
    yield str(attendance.get_way_display())
    yield attendance.by.name if attendance.by else ""
    yield f"{attendance.at:%Y-%m-%d %H:%M}"
    yield _("yes") if corrections else ""
    yield "; ".join(each.by.name if each.by else "" for each in corrections)
    yield "; ".join(each.reason for each in corrections)
