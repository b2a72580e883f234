"""A recurrence, and the instants at which it comes due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule
from django.utils.translation import gettext_lazy as _

from portal.recurrence import parts
from portal.recurrence.parts import NotARecurrence, Parts
from portal.recurrence.wall import instant, wall_time, zone_names

YEARS = range(1970, 2201)
# A rule with no occurrence in this many years after its start has none: 28 February-29ths on a
# given weekday are 28 years apart, or 40 across a century's missing leap day.
HORIZON = timedelta(days=41 * 366)
WIDEST_GAP = timedelta(days=1)  # Apia skipped 30 December 2011


@dataclass(frozen=True)
class Occurrence:
    """One time of a recurrence. `wall` is the rule's own (naive) time, and identifies it.

    `at` is the UTC instant. When clocks skip `wall`, `at` is later by the width of the gap and
    `shifted` says so.
    """

    wall: datetime
    at: datetime
    shifted: bool = False


@dataclass(frozen=True)
class Recurrence:
    """An RRULE, the naive wall time at which it starts, and an IANA zone.

    Raises NotARecurrence, with words for a person, on a rule that cannot be read, never comes
    due, comes more than once a day, ends before it starts, or on a zone that is unknown. As in
    dateutil, `starts` is itself an occurrence only if it fits the rule.
    """

    rrule: str
    starts: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not None:
            raise ValueError("starts is wall time: without a zone")
        object.__setattr__(self, "starts", self.starts.replace(microsecond=0, fold=0))
        if self.zone not in zone_names():
            raise NotARecurrence(_("Choose a time zone from the list."))
        if self.starts.year not in YEARS:
            raise NotARecurrence(_("Choose a start between the years 1970 and 2200."))
        if self._ends_before(self.starts):
            raise NotARecurrence(_("Choose a last day that comes after the start."))
        if next(self._occurrences(self.starts), None) is None:
            raise NotARecurrence(_("Choose another rule: this one never comes due."))

    @cached_property
    def parts(self) -> Parts:
        return parts.read(self.rrule)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def between(self, after: datetime, before: datetime) -> Iterator[Occurrence]:
        """Occurrences at or after the instant `after` and before the instant `before`, in order.

        Half-open, so that windows laid end to end neither miss one nor have it twice.
        """
        for occurrence in self._occurrences(wall_time(after, self.zone)):
            if occurrence.at >= before:
                return
            if occurrence.at >= after:
                yield occurrence

    def following(self, after: datetime, limit: int) -> list[Occurrence]:
        """The next `limit` occurrences later than the instant `after`; fewer when it ends."""
        later = (o for o in self._occurrences(wall_time(after, self.zone)) if o.at > after)
        return list(islice(later, limit))

    def _occurrences(self, since: datetime) -> Iterator[Occurrence]:
        """Occurrences from about the wall time `since` on; callers drop the few before it.

        Where a skipped day makes two fall on one instant, the later wall time, which exists,
        stands for both: nobody is reminded twice.
        """
        held: Occurrence | None = None
        for wall in self._walls(since - WIDEST_GAP):
            at = instant(wall, self.zone)
            if self._is_after_end(wall, at):
                break
            if held and held.at != at:
                yield held
            held = Occurrence(wall, at, shifted=wall_time(at, self.zone) != wall)
        if held:
            yield held

    def _walls(self, since: datetime) -> Iterator[datetime]:
        """The rule's wall times, naive, from a little before `since` to the horizon."""
        arguments = self.parts.for_dateutil()
        start = self.starts
        if self.parts.count is None:  # what is counted is counted from the first
            arguments, start = self._anchored(arguments), self._forward(since)
        found = rrule(**arguments, dtstart=start, until=max(start, since) + HORIZON)
        yield from islice((wall for wall in found if wall >= self.starts), self.parts.count)

    def _anchored(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """What dateutil would take from the start, said outright, so that the start can move."""
        if not {"byweekday", "bymonthday", "byyearday", "byweekno"} & set(arguments):
            if self.parts.frequency == "WEEKLY":
                arguments["byweekday"] = self.starts.weekday()
            elif self.parts.frequency in {"MONTHLY", "YEARLY"}:
                arguments["bymonthday"] = self.starts.day
                if self.parts.frequency == "YEARLY":
                    arguments.setdefault("bymonth", self.starts.month)
        return arguments

    def _forward(self, since: datetime) -> datetime:
        """The start, moved on by whole intervals to just before `since`.

        So that a rule that is ten years old costs no more than a new one.
        """
        starts, interval = self.starts, self.parts.interval
        days = (since - starts).days
        if self.parts.frequency in {"DAILY", "WEEKLY"}:
            step = interval * (7 if self.parts.frequency == "WEEKLY" else 1)
            return starts + timedelta(days=max(0, days // step - 1) * step)
        months = (since.year - starts.year) * 12 + since.month - starts.month
        step = interval * (12 if self.parts.frequency == "YEARLY" else 1)
        steps = max(0, months // step - 1)
        if not steps:
            return starts
        year, month = divmod(starts.year * 12 + starts.month - 1 + steps * step, 12)
        if self.parts.frequency == "YEARLY":
            month = 0
        return starts.replace(year=year, month=month + 1, day=1)

    def _ends_before(self, wall: datetime) -> bool:
        return self._is_after_end(wall, instant(wall, self.zone))

    def _is_after_end(self, wall: datetime, at: datetime) -> bool:
        """Whether a time lies after UNTIL: an instant when it says Z, else a wall time."""
        until = self.parts.until
        if until is None:
            return False
        return at > until if until.tzinfo else wall > until
