"""When a person wants mail: quiet hours and days, leave, holidays, and what waits for a digest.

    habits = Habits.of(person)
    habits.decent(at)                    # the first instant from `at` on that suits them
    habits.digests(notice, kind)         # whether it goes with others instead

`Habits.of_many` reads those of many people in one query. Holidays are known higher
up; who knows them registers:

    @on_holiday
    def holiday_of(person):              # a question about a day
        return lambda day: ...
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from portal.notices.models import Digest, Leave, Notice, QuietHours
from portal.notices.quiet_hours import next_decent
from portal.people.models import User

if TYPE_CHECKING:
    from portal.notices.kinds import NoticeKind

IsHoliday = Callable[[date], bool]

calendars: list[Callable[[User], IsHoliday]] = []
MOST = 400  # closed days in a row: more than a year away is as good as gone


def on_holiday(know: Callable[[User], IsHoliday]) -> Callable[[User], IsHoliday]:
    """Register who knows a person's public holidays."""
    if know not in calendars:
        calendars.append(know)
    return know


@dataclass(frozen=True)
class Closed(Collection[date]):
    """Days on which nothing is to reach a person, asked one by one."""

    weekdays: frozenset[int] = frozenset()
    leaves: tuple[tuple[date, date], ...] = ()
    holidays: tuple[IsHoliday, ...] = ()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (
            day.weekday() in self.weekdays
            or any(first <= day <= last for first, last in self.leaves)
            or any(is_holiday(day) for is_holiday in self.holidays)
        )

    def __len__(self) -> int:
        return MOST if self.weekdays or self.leaves or self.holidays else 0

    def __iter__(self) -> Iterator[date]:
        raise TypeError("Ask for a day: there is no end of them.")


@dataclass(frozen=True)
class Habits:
    """One person's, read together."""

    person: User
    hours: QuietHours
    leaves: tuple[tuple[date, date], ...] = ()
    digest: Digest | None = None

    @classmethod
    def of(cls, person: User) -> Habits:
        return cls.of_many([person])[person.pk]

    @classmethod
    def of_many(cls, people: Iterable[User]) -> dict[int, Habits]:
        """By the person's id. One query, and one about holidays for each who asked for those."""
        everyone = {person.pk: person for person in people}
        days = JSONObject(first="first_day", last="last_day")
        away = Leave.objects.filter(person=OuterRef("pk")).values(days=days)
        rows = (
            User.objects.filter(pk__in=everyone.keys())
            .select_related("quiet_hours", "digest")
            .annotate(away=ArraySubquery(away))
        )
        return {
            row.pk: cls(
                everyone[row.pk],
                getattr(row, "quiet_hours", None) or QuietHours(person=everyone[row.pk]),
                tuple(
                    (date.fromisoformat(each["first"]), date.fromisoformat(each["last"]))
                    for each in row.away
                ),
                getattr(row, "digest", None),
            )
            for row in rows
        }

    @cached_property
    def closed(self) -> Closed:
        """The days on which nothing goes."""
        asked = calendars if self.hours.on_holidays else []
        holidays = tuple(know(self.person) for know in asked)
        return Closed(frozenset(self.hours.weekdays), self.leaves, holidays)

    def decent(self, at: datetime) -> datetime:
        """The first instant from `at` on that suits the person; `at` itself when it does."""
        return next_decent(at, self.person.time_zone, self.hours.window, self.closed)

    def digests(self, notice: Notice, kind: type[NoticeKind]) -> bool:
        """Whether the notice waits for their digest. What is urgent or must be known never does."""
        if self.digest is None or kind.urgent or kind.essential or not kind.in_digests:
            return False
        return self.digest.takes(kind.category, notice.expires_at)
