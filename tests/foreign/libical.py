"""libical, in C: what GNOME, KDE and many servers read calendars with. Debian's `libical3`."""

import ctypes
from collections.abc import Iterator
from ctypes import Structure, c_char_p, c_int, c_long, c_short, c_void_p
from ctypes.util import find_library
from datetime import UTC, datetime

from tests.foreign import Seen


class Time(Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = [
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", c_int),
        ("is_daylight", c_int),
        ("zone", c_void_p),
    ]


class Rule(Structure):
    """`struct icalrecurrencetype` of libical 3."""

    _fields_ = [
        ("freq", c_int),
        ("until", Time),
        ("count", c_int),
        ("interval", c_short),
        ("week_start", c_int),
        # seconds, minutes, hours, days, days of the month and of the year, weeks, months, places
        ("by", c_short * (62 + 61 + 25 + 386 + 32 + 386 + 56 + 14 + 386)),
        ("rscale", c_char_p),
        ("skip", c_int),
    ]


def _library() -> ctypes.CDLL | None:
    name = find_library("ical")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    for function, arguments, result in (
        ("icalparser_parse_string", [c_char_p], c_void_p),
        ("icalcomponent_string_to_kind", [c_char_p], c_int),
        ("icalcomponent_get_first_component", [c_void_p, c_int], c_void_p),
        ("icalcomponent_get_next_component", [c_void_p, c_int], c_void_p),
        ("icalcomponent_count_errors", [c_void_p], c_int),
        ("icalcomponent_get_uid", [c_void_p], c_char_p),
        ("icalcomponent_get_status", [c_void_p], c_int),
        ("icalproperty_status_to_string", [c_int], c_char_p),
        ("icalcomponent_get_recurrenceid", [c_void_p], Time),
        ("icalcomponent_get_dtstart", [c_void_p], Time),
        ("icalcomponent_get_dtend", [c_void_p], Time),
        ("icaltime_is_null_time", [Time], c_int),
        ("icaltime_as_timet_with_zone", [Time, c_void_p], c_long),
        ("icalproperty_string_to_kind", [c_char_p], c_int),
        ("icalcomponent_get_first_property", [c_void_p, c_int], c_void_p),
        ("icalcomponent_get_next_property", [c_void_p, c_int], c_void_p),
        ("icalproperty_get_rrule", [c_void_p], Rule),
        ("icalproperty_get_exdate", [c_void_p], Time),
        ("icalrecur_iterator_new", [Rule, Time], c_void_p),
        ("icalrecur_iterator_next", [c_void_p], Time),
        ("icalrecur_iterator_free", [c_void_p], None),
        ("icalcomponent_free", [c_void_p], None),
    ):
        found = getattr(library, function)
        found.argtypes, found.restype = arguments, result
    return library


library = _library()


def seen(body: bytes, first: datetime, last: datetime) -> list[Seen]:
    """What it shows between two instants, without what is called off. An instance that is written
    apart stands for the one that its RECURRENCE-ID names, as libical itself reads that time."""
    assert library is not None
    calendar = library.icalparser_parse_string(body)
    assert calendar, "libical cannot read it at all"
    try:
        assert library.icalcomponent_count_errors(calendar) == 0
        events = list(_events(calendar))
        starts = library.icalcomponent_get_dtstart
        zones = {_uid(e): starts(e).zone for e in events if not _is_apart(e)}
        apart = {(_uid(e), _instant(_of(e), zones[_uid(e)])) for e in events if _is_apart(e)}
        found = []
        for event in events:
            if _is_apart(event):
                spans = [tuple(_instant(at, at.zone) for at in (starts(event), _ends(event)))]
            else:
                every = _expanded(event, last)
                spans = [(s, e) for s, e in every if (_uid(event), s) not in apart]
            if not _is_cancelled(event):
                found += [Seen(_utc(s), _utc(e), _uid(event)) for s, e in spans]
        return sorted(each for each in found if first <= each.starts < last)
    finally:
        library.icalcomponent_free(calendar)


def _events(calendar: int) -> Iterator[int]:
    assert library is not None
    kind = library.icalcomponent_string_to_kind(b"VEVENT")
    event = library.icalcomponent_get_first_component(calendar, kind)
    while event:
        yield event
        event = library.icalcomponent_get_next_component(calendar, kind)


def _expanded(event: int, last: datetime) -> Iterator[tuple[int, int]]:
    """The rule's times up to `last`: libical's wall times, each put into the zone for itself.

    Given the zone, its iterator moves a skipped 02:30 to 03:30, leaves it there for the next one
    too, and then finds no EXDATE that says 02:30: a fault of libical 3.0.16, whatever is written.
    """
    assert library is not None
    starts = library.icalcomponent_get_dtstart(event)
    length = _instant(_ends(event), starts.zone) - _instant(starts, starts.zone)
    [rule] = _properties(event, b"RRULE") or [None]
    if rule is None:
        yield _instant(starts, starts.zone), _instant(starts, starts.zone) + length
        return
    without = {_wall(library.icalproperty_get_exdate(p)) for p in _properties(event, b"EXDATE")}
    zone, starts.zone = starts.zone, None
    iterator = library.icalrecur_iterator_new(library.icalproperty_get_rrule(rule), starts)
    at = library.icalrecur_iterator_next(iterator)
    while not library.icaltime_is_null_time(at):
        began = _instant(at, zone)
        if began > last.timestamp():
            break
        if _wall(at) not in without:
            yield began, began + length
        at = library.icalrecur_iterator_next(iterator)
    library.icalrecur_iterator_free(iterator)


def _properties(event: int, name: bytes) -> list[int]:
    assert library is not None
    kind, found = library.icalproperty_string_to_kind(name), []
    each = library.icalcomponent_get_first_property(event, kind)
    while each:
        found.append(each)
        each = library.icalcomponent_get_next_property(event, kind)
    return found


def _wall(at: Time) -> tuple[int, ...]:
    return at.year, at.month, at.day, at.hour, at.minute, at.second


def _is_apart(event: int) -> bool:
    assert library is not None
    return not library.icaltime_is_null_time(_of(event))


def _of(event: int) -> Time:
    assert library is not None
    return library.icalcomponent_get_recurrenceid(event)


def _uid(event: int) -> str:
    assert library is not None
    return library.icalcomponent_get_uid(event).decode()


def _is_cancelled(event: int) -> bool:
    assert library is not None
    status = library.icalcomponent_get_status(event)
    return library.icalproperty_status_to_string(status) == b"CANCELLED"


def _ends(event: int) -> Time:
    assert library is not None
    return library.icalcomponent_get_dtend(event)


def _instant(at: Time, zone: int) -> int:
    """libical gives a RECURRENCE-ID without its zone: it is the rule's."""
    assert library is not None
    return library.icaltime_as_timet_with_zone(at, zone)


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
