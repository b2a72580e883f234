"""What one person's calendar holds: read with the rights that they have now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from communities.calendar.document import feed, tag_of
from communities.calendar.entry import Entry
from communities.calendar.meeting import Meeting, meetings_of
from communities.calendar.pattern import Pattern, pattern_of
from communities.models.calendar_change import CalendarChange
from communities.models.community import Community
from communities.models.reach import joined
from communities.models.series import Series
from communities.models.session import Session
from portal.people.models import User
from portal.prepared import prepared

KEPT = timedelta(days=365)  # how far back events of their own reach


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
        """An ETag that changes with whatever the feed is made of. One query, of a row or two a
        community: no verb has to remember to say that it changed anything (CalendarChange)."""
        narrowed = self.community.name if self.community else ""
        return tag_of(
            [self.person.language, narrowed, self.communities, _changes(self.communities)]
        )

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
def _changes(communities: list[int]) -> QuerySet[CalendarChange, int]:
    """What was last written of their calendars, by its number."""
    changes = CalendarChange.objects.filter(community__in=communities).order_by("pk")
    return changes.values_list("pk", flat=True)


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
