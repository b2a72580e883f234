"""What one person's calendar holds: read with the rights that they have now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from communities.calendar.document import feed, tag_of
from communities.calendar.entry import Entry
from communities.calendar.meeting import Meeting, meetings_of
from communities.calendar.pattern import Pattern, pattern_of
from communities.models.community import Community
from communities.models.series import Series, SeriesQuerySet
from communities.models.session import Session
from portal.people.models import User

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
    series: SeriesQuerySet = field(init=False)

    def __post_init__(self) -> None:
        joined = Community.objects.joined_by(self.person)
        if self.community is not None:
            joined = joined.filter(pk=self.community.pk)
        self.series = Series.objects.filter(community__in=joined).order_by("pk")

    def tag(self) -> str:
        """An ETag that changes with whatever the feed is made of. One query."""
        rows = self.series.values_list(*TOLD).annotate(
            number=Count("sessions"),
            newest=Max("sessions"),
            touched=Max("sessions__changed_at"),
            counted=Sum("sessions__sequence"),
            called_off=Max("sessions__cancellation"),
        )
        narrowed = self.community.name if self.community else ""
        return tag_of([self.person.language, narrowed, *rows])

    def feed(self, at: datetime) -> bytes:
        """The feed as it is, in the person's language. Two queries."""
        with override(self.person.language):
            name = self.community.name if self.community else _("Learning communities")
            return feed(self.entries(at), name=name)

    def entries(self, at: datetime) -> list[Entry]:
        """Every event of what still meets, or met within KEPT of `at`."""
        loaded = self.series.select_related("community", "host", "ending", "calendar")
        written = meetings_of(Session.objects.filter(series__in=self.series.values("pk")))
        found: list[Entry] = []
        for series in loaded:
            meetings = written.get(series.pk, [])
            if any(meeting.ends_at >= at - KEPT for meeting in meetings):
                counted = series.calendar.sequence if hasattr(series, "calendar") else 0
                found += portal_pattern(series, meetings, counted, at - KEPT).entries
        return found


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
