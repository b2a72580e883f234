"""The hours that a person has spent in sessions: where they were marked as having come."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from communities.durations import in_words
from communities.models import Attendance, AttendanceCorrection, Community
from portal.agencies.models import Position, Supervision
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.prepared import now, prepared


@dataclass(frozen=True)
class Attended:
    """One session that the person came to."""

    session: int
    title: str
    community: str
    starts_at: datetime
    ends_at: datetime
    corrected: bool  # who came was put right afterwards

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def total(self) -> str:
        return in_words(self.minutes)

    def as_kept(self) -> dict[str, Any]:
        """What a certificate keeps of it."""
        return {
            "title": self.title,
            "community": self.community,
            "starts_at": self.starts_at.isoformat(),
            "minutes": self.minutes,
            "corrected": self.corrected,
        }


@dataclass(frozen=True)
class Hours:
    """What a person attended from the day `first` to the day `last`, on their own calendar."""

    person: User
    first: date
    last: date
    attended: list[Attended]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.attended)

    @property
    def total(self) -> str:
        return in_words(self.minutes)

    @property
    def by_community(self) -> list[tuple[str, int, str]]:
        """(community, how many sessions, their hours in words), by name."""
        found: dict[str, list[int]] = defaultdict(list)
        for each in self.attended:
            found[each.community].append(each.minutes)
        return [(name, len(found[name]), in_words(sum(found[name]))) for name in sorted(found)]


def hours_of(person: User, first: date, last: date, *, seen_from: list[int] | None = None) -> Hours:
    """Sessions that were held and that the person came to, the first one first. One query.

    `seen_from` are agencies: only communities that reach one of them count then, for a reader who
    may know nothing of others.
    """
    zone = ZoneInfo(person.time_zone)
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    rows = _came(person.pk, begins, ends, *([] if seen_from is None else [seen_from]))
    return Hours(person, first, last, [Attended(*row) for row in rows])


@prepared
def _came(
    person: int, begins: datetime, ends: datetime, *seen_from: list[int]
) -> QuerySet[Any, Any]:
    came = Attendance.objects.came().filter(
        person=person,
        session__cancellation=None,
        session__ends_at__lte=now(),
        session__starts_at__gte=begins,
        session__starts_at__lt=ends,
    )
    for agencies in seen_from:
        reaching = Q(agency__in=agencies) | Q(spans__agency__in=agencies)
        came = came.filter(session__series__community__in=Community.objects.filter(reaching))
    corrected = Exists(AttendanceCorrection.objects.filter(attendance=OuterRef("pk")))
    return came.order_by("session__starts_at", "session").values_list(
        "session",
        "session__series__title",
        "session__series__community__name",
        "session__starts_at",
        "session__ends_at",
        corrected,
    )


def overseen_from(reader: User, person: User) -> list[int]:
    """The agencies in which the reader answers for the person: as an admin where the person works
    or has worked, or as their supervisor now. Coaching alone opens no hours."""
    administered = Position.objects.filter(person=person, agency__in=agencies_of(reader, "admin"))
    supervised = Supervision.objects.current().filter(
        supervisor=reader, supervisee=person, kind="supervises", agency__in=agencies_of(reader)
    )
    return sorted(
        {
            *administered.values_list("agency", flat=True),
            *supervised.values_list("agency", flat=True),
        }
    )


def people_overseen(reader: User) -> list[tuple[int, str]]:
    """(id, name) of the people whose hours the reader may see, by name. One query."""
    return _overseen_by(reader)


@prepared
def _overseen_by(reader: User) -> QuerySet[Any, Any]:
    supervised = Supervision.objects.current().filter(
        supervisor=reader, kind="supervises", agency__in=agencies_of(reader)
    )
    administered = Position.objects.current().filter(agency__in=agencies_of(reader, "admin"))
    theirs = Q(pk__in=supervised.values("supervisee")) | Q(pk__in=administered.values("person"))
    people = User.objects.filter(theirs).exclude(pk=reader.pk)
    return people.order_by("name", "pk").values_list("pk", "name")
