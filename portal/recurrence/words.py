"""A recurrence in words: "every second Friday at 3 p.m., New York time"."""

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.recurrence.parts import Day
from portal.recurrence.rule import Recurrence

WORKDAYS = {0, 1, 2, 3, 4}
ORDINALS = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    5: gettext_lazy("fifth"),
    -1: gettext_lazy("last"),
    -2: gettext_lazy("second to last"),
}


def place(zone: str) -> str:
    """A zone's name as people say it: "New York" for America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")


def _describe(recurrence: Recurrence) -> str:
    return _until_when(recurrence, _("%(days)s at %(time)s, %(place)s time"))


def _describe_for_each(recurrence: Recurrence) -> str:
    return _until_when(recurrence, _("%(days)s at %(time)s, on each person’s own clock"))


def _until_when(recurrence: Recurrence, words: str) -> str:
    sentence = words % {
        "days": _days(recurrence) or _("by the rule %(rule)s") % {"rule": recurrence.rrule},
        "time": date_format(recurrence.starts, "TIME_FORMAT"),
        "place": place(recurrence.zone),
    }
    if count := recurrence.parts.count:
        times = ngettext("%(count)d time", "%(count)d times", count) % {"count": count}
        return _("%(sentence)s, %(times)s") % {"sentence": sentence, "times": times}
    if until := recurrence.parts.until:
        last = until.astimezone(recurrence.tz).replace(tzinfo=None) if until.tzinfo else until
        return _("%(sentence)s, until %(day)s") % {
            "sentence": sentence,
            "day": date_format(last, "DATE_FORMAT"),
        }
    return sentence


# Lazy: put into words in the language of whoever reads it.
describe: "type[Promise]" = lazy(_describe, str)  # type: ignore[assignment]
# Where the zone is each reader's own, and the one in hand nobody's in particular.
describe_for_each: "type[Promise]" = lazy(_describe_for_each, str)  # type: ignore[assignment]


def _days(recurrence: Recurrence) -> str:
    """On which days, or nothing for a rule that we have no words for."""
    parts = recurrence.parts
    named = {part for part, _numbers in parts.numbers}
    if parts.frequency == "DAILY" and not named and not parts.days:
        return _daily(parts.interval)
    if parts.frequency == "WEEKLY" and not named:
        return _weekly(parts.interval, parts.days or (Day(recurrence.starts.weekday()),))
    if parts.frequency == "MONTHLY":
        if on := _day_of_month(recurrence, named):
            return _monthly(parts.interval, on)
    elif parts.frequency == "YEARLY" and not named and not parts.days and parts.interval == 1:
        return _("every year on %(month)s %(day)d") % {
            "day": recurrence.starts.day,
            "month": MONTHS[recurrence.starts.month],
        }
    return ""


def _daily(interval: int) -> str:
    if interval == 1:
        return _("every day")
    if interval == 2:
        return _("every other day")
    return _("every %(count)d days") % {"count": interval}


def _weekly(interval: int, days: tuple[Day, ...]) -> str:
    if {day.weekday for day in days} == WORKDAYS and interval == 1:
        return _("every weekday")
    if len({day.weekday for day in days}) == len(WEEKDAYS) and interval == 1:
        return _daily(1)
    names = _list([str(WEEKDAYS[day.weekday]) for day in sorted(days, key=lambda d: d.weekday)])
    if interval == 1:
        return _("every %(days)s") % {"days": names}
    if interval == 2:
        return _("every other %(days)s") % {"days": names}
    return _("every %(count)d weeks on %(days)s") % {"count": interval, "days": names}


def _day_of_month(recurrence: Recurrence, named: set[str]) -> str:
    parts = recurrence.parts
    if not parts.days and named <= {"BYMONTHDAY"}:
        numbers = parts.number("BYMONTHDAY") or (recurrence.starts.day,)
        if numbers == (-1,):
            return _("the last day")
        if min(numbers) > 0:
            return _("day %(numbers)s") % {"numbers": _list([str(n) for n in sorted(numbers)])}
    position = parts.number("BYSETPOS")
    if {day.weekday for day in parts.days} == WORKDAYS and named == {"BYSETPOS"}:
        if len(position) == 1 and position[0] in ORDINALS:
            return _("the %(nth)s weekday") % {"nth": ORDINALS[position[0]]}
        return ""
    if len(parts.days) == 1 and named <= {"BYSETPOS"} and len(position) <= 1:
        day = parts.days[0]
        nth = day.nth if not position else position[0] if day.nth is None else None
        if nth in ORDINALS:
            return _("the %(nth)s %(day)s") % {"nth": ORDINALS[nth], "day": WEEKDAYS[day.weekday]}
    return ""


def _monthly(interval: int, on: str) -> str:
    if interval == 1:
        return _("on %(on)s of every month") % {"on": on}
    if interval == 2:
        return _("on %(on)s of every other month") % {"on": on}
    return _("on %(on)s of every %(count)d months") % {"on": on, "count": interval}


def _list(names: list[str]) -> str:
    return get_text_list(names, _("and"))
