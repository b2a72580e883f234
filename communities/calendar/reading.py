"""What one person's calendar holds: read with the rights that they have now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
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
NONE = Value(0, output_field=BigIntegerField())
HOST = Coalesce("host", NONE)


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
        """An ETag that changes with whatever the feed is made of. One query, 2 ms of the
        database's time at 2,000 sessions; one more where others than a series' host hold some.

        No verb has to remember to say that it changed anything: a row that is written has a newer
        version, so the sum of a table's rises, or their number is another."""
        written = sorted(_written(self.communities), key=str)
        named = {host for series, host, *_more in written if series}
        others = sorted({host for _series, host, *_more in written} - named - {0})
        narrowed = self.community.name if self.community else ""
        return tag_of([self.person.language, narrowed, *written, *sorted(_names(others))])

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
def _written(communities: list[int]) -> QuerySet[Any, Any]:
    """(series or 0 for all their sessions, a host or 0, the name of a series' host, four numbers):
    a series' with the versions of its row, its community's, its ending's and its calendar's; a
    host's sessions with the sum of their versions and of those of what called them off, and how
    many there are of each. What a series has one of is asked for row by row: a join of five tables
    takes PostgreSQL longer to plan than to read."""
    rows = Series.objects.filter(community__in=communities).order_by()
    series = rows.values_list("pk", HOST, F("host__name")).annotate(
        a=Version("pk"), b=Version("community__name"), c=_one_of("ending"), d=_one_of("calendar")
    )
    met = Session.objects.filter(series__community__in=communities).order_by()
    sessions = met.values_list(NONE, HOST, Value("", output_field=CharField())).annotate(
        a=Sum(Version("pk")),
        b=Coalesce(Sum(Version("cancellation")), NONE),
        c=Count("pk"),
        d=Count("cancellation"),
    )
    return series.union(sessions, all=True)


def _one_of(belonging: str) -> Any:
    """The version of what belongs to a series, or 0."""
    model: Any = Series._meta.get_field(belonging).related_model
    theirs = model._base_manager.filter(series=OuterRef("pk"))
    return Coalesce(Subquery(theirs.values_list(Version("pk"))), NONE)


@prepared
def _names(people: list[int]) -> QuerySet[Any, Any]:
    return User.objects.filter(pk__in=people).values_list("pk", "name")


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
