"""What one person's calendar holds: read with the rights that they have now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from communities.calendar.document import feed, tag_of
from communities.calendar.entry import Entry
from communities.calendar.meeting import Meeting, meetings_of
from communities.calendar.pattern import Pattern, pattern_of
from communities.models.community import Community
from communities.models.reach import joined
from communities.models.series import Series
from communities.models.session import Session
from portal.people.models import User
from portal.prepared import prepared
from portal.row_versions import Version

KEPT = timedelta(days=365)  # how far back events of their own reach
TOLD = (
    "pk",
    "title",
    "rrule",
    "starts_on",
    "local_time",
    "time_zone",
    "minutes",
    "changed_at",
    "host__name",
    "ending__at",
    "calendar__sequence",
    "community__name",
)


@dataclass
class Reading:
    """A person's communities, or one of them. What they have left is no part of it."""

    person: User
    community: Community | None = None
    communities: list[int] = field(init=False)

    def __post_init__(self) -> None:
        narrowed = self.community
        self.communities = [
            pk for pk in joined(self.person) if narrowed is None or pk == narrowed.pk
        ]

    def tag(self) -> str:
        """An ETag that changes with whatever the feed is made of. Two queries, 2 ms of the
        database's time at 2,000 sessions."""
        narrowed = self.community.name if self.community else ""
        rows = [*_series_facts(self.communities), *_session_facts(self.communities)]
        return tag_of([self.person.language, narrowed, *rows])

    def feed(self, at: datetime) -> bytes:
        """The feed as it is, in the person's language. Two queries."""
        with override(self.person.language):
            name = self.community.name if self.community else _("Learning communities")
            return feed(self.entries(at), name=name)

    def entries(self, at: datetime) -> list[Entry]:
        """Every event of what still meets, or met within KEPT of `at`."""
        series_of = Series.objects.filter(community__in=self.communities).order_by("pk")
        loaded = series_of.select_related("community", "host", "ending", "calendar")
        written = meetings_of(Session.objects.filter(series__in=series_of.values("pk")))
        found: list[Entry] = []
        for series in loaded:
            meetings = written.get(series.pk, [])
            if any(meeting.ends_at >= at - KEPT for meeting in meetings):
                counted = series.calendar.sequence if hasattr(series, "calendar") else 0
                found += portal_pattern(series, meetings, counted, at - KEPT).entries
        return found


@prepared
def _series_facts(communities: list[int]) -> QuerySet[Any, Any]:
    return Series.objects.filter(community__in=communities).order_by("pk").values_list(*TOLD)


@prepared
def _session_facts(communities: list[int]) -> QuerySet[Any, Any]:
    """For each series and host: how many sessions, how many of them called off, and how the rows
    of both were written. No verb has to remember to say that it changed anything: a row that is
    written has a newer version, so the sum rises, or the number is another."""
    rows = Session.objects.filter(series__community__in=communities)
    return (
        rows.order_by("series", "host__name")
        .values_list("series", "host__name")
        .annotate(
            number=Count("pk"),
            versions=Sum(Version("pk")),
            called_off=Count("cancellation"),
            callings_off=Sum(Version("cancellation")),
        )
    )


def portal_pattern(
    series: Series, meetings: list[Meeting], counted: int, since: datetime | None = None
) -> Pattern:
    """The series' pattern under this portal's own addresses."""
    return pattern_of(
        series,
        meetings,
        address=settings.PUBLIC_URL,
        host=settings.PUBLIC_HOST,
        counted=counted,
        since=since,
    )
