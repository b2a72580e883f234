"""A rhythm laid over the days on which people are off. Pure: no models, no clock.

The rule says when people would meet; a day off skips or moves that one meeting. What is moved
keeps the wall time that the rule gave: it identifies the meeting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.recurrence import Occurrence, Recurrence, instant, skipped_days, wall_time

DAY = timedelta(days=1)
WEEKS_TRIED = 4  # a week later may be a holiday, too
FARTHEST = timedelta(weeks=WEEKS_TRIED + 1)  # by which a holiday can put a meeting off, and more
EVER = timedelta(days=41 * 366)  # farther than a recurrence looks


class OnHolidays(TextChoices):
    SKIP = "skip", _("Skip it")
    NEXT_WORKING_DAY = "next", _("Meet on the next working day")
    WEEK_LATER = "week", _("Meet a week later")
    KEEP = "keep", _("Meet all the same")


class DaysOff(Protocol):
    """What a calendar of working days must be able to say."""

    def name(self, day: date) -> str: ...

    def is_working_day(self, day: date) -> bool: ...

    def working_day_after(self, day: date) -> date | None: ...


@dataclass(frozen=True)
class Meeting:
    """One time of a rhythm.

    `wall` and `by_rule` are what the rule gave, as wall time and as an instant; `starts_at` is
    when people meet, None when a holiday skips it. `shifted`: clocks skip the chosen hour that day.
    """

    wall: datetime
    by_rule: datetime
    starts_at: datetime | None
    holiday: str = ""
    shifted: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether a holiday puts it on another day."""
        return self.starts_at is not None and self.starts_at != self.by_rule


@dataclass(frozen=True)
class Schedule:
    """A recurrence, and what becomes of it on a day off.

    A meeting that would be put on a day of the rule, or on one that an earlier meeting was put on,
    is skipped: a series meets once a day.
    """

    recurrence: Recurrence
    on_holidays: str
    days_off: DaysOff

    def between(self, after: datetime, before: datetime) -> Iterator[Meeting]:
        """Meetings that the rule puts at or after `after` and before `before`, skipped ones too."""
        for meeting in self._meetings(after - FARTHEST):
            if meeting.by_rule >= before:
                return
            if meeting.by_rule >= after:
                yield meeting

    def coming(self, after: datetime, before: datetime) -> list[Meeting]:
        """What is met for later than `after`, of what the rule puts before `before`."""
        return [
            meeting
            for meeting in self.between(after - FARTHEST, before)
            if meeting.starts_at is not None and meeting.starts_at > after
        ]

    def following(self, after: datetime, limit: int) -> list[Meeting]:
        """The next `limit` that are met for, and what is skipped among them, in order."""
        found: list[Meeting] = []
        met = 0
        for meeting in self._meetings(after - FARTHEST):
            if (meeting.starts_at or meeting.by_rule) <= after:
                continue
            found.append(meeting)
            met += meeting.starts_at is not None
            if met == limit:
                break
        return sorted(found, key=lambda each: each.starts_at or each.by_rule)

    def skipped_hours(self, after: datetime, before: datetime) -> list[Meeting]:
        """Meetings of the window at which clocks skip the chosen hour.

        Looked for only where clocks jump: laying out five years of a rule for it cost more than
        the rest of a page.
        """
        zone, hour = self.recurrence.zone, self.recurrence.starts.time()
        first, last = wall_time(after, zone).date(), wall_time(before, zone).date()
        found: list[Meeting] = []
        for day in skipped_days(hour, zone, first, last):
            begins = instant(datetime.combine(day, time()), zone)
            near = self.between(max(after, begins), min(before, begins + 2 * DAY))
            found += [each for each in near if each.shifted and each.wall.date() == day]
        return found

    def _meetings(self, since: datetime) -> Iterator[Meeting]:
        taken: set[date] = set()
        for occurrence in self.recurrence.between(since, since + EVER):
            yield self._meeting(occurrence, taken)

    def _meeting(self, occurrence: Occurrence, taken: set[date]) -> Meeting:
        wall, at, shifted = occurrence.wall, occurrence.at, occurrence.shifted
        holiday = ""
        if self.on_holidays != OnHolidays.KEEP:
            holiday = self.days_off.name(wall.date())
        if not holiday:
            return Meeting(wall, at, at, shifted=shifted)
        day = self._instead_of(wall.date())
        if day is None or day in taken or self._is_of_the_rule(day):
            return Meeting(wall, at, None, holiday)
        taken.add(day)
        starts_at = instant(datetime.combine(day, wall.time()), self.recurrence.zone)
        return Meeting(wall, at, starts_at, holiday)

    def _instead_of(self, day: date) -> date | None:
        if self.on_holidays == OnHolidays.NEXT_WORKING_DAY:
            return self.days_off.working_day_after(day)
        if self.on_holidays == OnHolidays.WEEK_LATER:
            later = (day + timedelta(weeks=n) for n in range(1, WEEKS_TRIED + 1))
            return next((each for each in later if not self.days_off.name(each)), None)
        return None

    def _is_of_the_rule(self, day: date) -> bool:
        zone = self.recurrence.zone
        midnight = datetime.combine(day, datetime.min.time())
        near = self.recurrence.between(
            instant(midnight - timedelta(days=1), zone), instant(midnight + timedelta(days=2), zone)
        )
        return any(
            each.wall.date() == day for each in takewhile(lambda o: o.wall.date() <= day, near)
        )
