"""What an invitation told a calendar, and what has changed since. Pure.

A series is one part for its rule, one for each instance to come that differs, one for each event
of its own. A part's digest covers its times only: another title, host or focus mails nobody.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from communities.calendar.entry import Entry, on_the_clock
from communities.calendar.pattern import Pattern
from portal.recurrence import instant

RULE = ""  # the key of the rule itself
FEW = 3  # changed instances that are mailed one by one; more, and the whole series is

Told = dict[str, list]  # key: [digest, SEQUENCE]


@dataclass(frozen=True)
class Message:
    """One mail to write: REQUEST or CANCEL, with the entries in it. `key`: what it is about."""

    method: str
    key: str
    entries: tuple[Entry, ...]

    @property
    def is_whole(self) -> bool:
        return self.key == RULE

    @property
    def last_ends_at(self) -> datetime:
        return max(entry.ends for entry in self.entries)


def key_of(entry: Entry) -> str:
    """Which part an entry is."""
    if entry.of is not None:
        return entry.of.isoformat()
    return RULE if entry.uid.startswith("series-") else entry.uid


def digest_of(entry: Entry) -> str:
    """Of when it is. Days taken out of a rule are parts of their own."""
    lines = replace(entry, without=()).scheduling()
    said = "\n".join([*lines, "off" if entry.cancelled else ""])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def parts_of(pattern: Pattern, at: datetime) -> dict[str, Entry]:
    """The parts that matter from `at` on, by key. A day that was taken out is there, cancelled."""
    found: dict[str, Entry] = {}
    if whole := pattern.whole:
        found[RULE] = whole
        for entry in pattern.apart:
            if entry.of is not None and entry.ends > at and not _as_planned(entry, whole):
                found[entry.of.isoformat()] = entry
        for wall in whole.without:
            gone = replace(instance_of(whole, wall), cancelled=True)
            if gone.ends > at:
                found[wall.isoformat()] = gone
    found |= {entry.uid: entry for entry in pattern.alone if entry.ends > at}
    return found


def instance_of(whole: Entry, wall: datetime) -> Entry:
    """One instance of the rule, as the rule has it."""
    starts = instant(wall, whole.zone)
    return replace(
        whole,
        starts=starts,
        ends=starts + (whole.ends - whole.starts),
        rule="",
        without=(),
        of=wall,
    )


def messages(parts: dict[str, Entry], pattern: Pattern, told: Told, at: datetime) -> list[Message]:
    """What to mail to someone whose calendar was `told`; nothing where it knows all of it."""
    changed = {key: entry for key, entry in parts.items() if _is_news(key, entry, told)}
    back = list(_back_to_plan(parts, pattern, told, at))
    instances = [key for key in changed if key != RULE and changed[key].of] + back
    whole = pattern.whole
    found: list[Message] = []
    if whole is not None and (RULE in changed or len(instances) > FEW):
        found.append(Message("REQUEST", RULE, whole_of(pattern)))
        instances = []
    for key in instances:
        entry = changed.get(key) or instance_of(whole, datetime.fromisoformat(key))  # type: ignore[arg-type]
        found.append(Message(_method(entry), key, (entry,)))
    for key, entry in changed.items():
        if entry.of is None and key != RULE and (key in told or not entry.cancelled):
            found.append(Message(_method(entry), key, (entry,)))
    return found


def whole_of(pattern: Pattern) -> tuple[Entry, ...]:
    """The rule with its moved instances. What is called off is taken out: a REQUEST knows no
    cancelled event (RFC 5546, 3.2.2)."""
    if pattern.whole is None:
        return ()
    off = [entry.of for entry in pattern.apart if entry.cancelled and entry.of]
    whole = replace(pattern.whole, without=tuple(sorted([*pattern.whole.without, *off])))
    return (whole, *(entry for entry in pattern.apart if not entry.cancelled))


def kept(told: Told, parts: dict[str, Entry], pattern: Pattern, at: datetime) -> Told:
    """What a calendar knows once everything is mailed: the parts as they are, and instances that
    are as planned again. What is over is forgotten."""
    found: Told = {}
    for key, (digest, sequence) in told.items():
        if key == RULE or "@" in key:
            found[key] = [digest, sequence]
        elif pattern.whole is not None:
            planned = instance_of(pattern.whole, datetime.fromisoformat(key))
            if planned.ends > at or key in parts:
                found[key] = [digest_of(planned), sequence]
    for key, entry in parts.items():
        found[key] = [digest_of(entry), found.get(key, [None, entry.sequence])[1]]
    return found


def _is_news(key: str, entry: Entry, told: Told) -> bool:
    return key not in told or told[key][0] != digest_of(entry)


def _back_to_plan(
    parts: dict[str, Entry], pattern: Pattern, told: Told, at: datetime
) -> Iterator[str]:
    """Instances that differed when they were told, and do not any more."""
    for key, (digest, _sequence) in told.items():
        if pattern.whole is None or key in parts or "@" in key or key == RULE:
            continue
        entry = instance_of(pattern.whole, datetime.fromisoformat(key))
        if entry.ends > at and digest != digest_of(entry):
            yield key


def _as_planned(entry: Entry, whole: Entry) -> bool:
    """Whether it differs in words only: another host, say."""
    shown = on_the_clock(entry.starts, entry.ends, entry.zone)
    length: timedelta = whole.ends - whole.starts
    return (
        not entry.cancelled
        and shown is not None
        and shown[0].replace(tzinfo=None) == entry.of
        and entry.ends - entry.starts == length
    )


def _method(entry: Entry) -> str:
    return "CANCEL" if entry.cancelled else "REQUEST"
