"""What can be reminded of. Each app's `reminders.py` has a class a kind:

    @register
    class SessionReminders(ReminderKind):
        kind = "session.reminder"
        title = _("Before each session")
        notice = SessionReminder                      # from the app's notices.py

        @classmethod
        def subject(cls, rule, occurrence):           # None: nothing to remind of after all
            return Session.objects.standing().filter(...).first()

        @classmethod
        def audience(cls, rule, occurrence):
            return User.objects.filter(...)

Models ask `Rule.plan_for(series, kind="session.reminder", recurrence=..., minutes_before=60)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from portal.notices.kinds import NoticeKind
from portal.people.models import User

if TYPE_CHECKING:
    from portal.reminders.models import Occurrence, Rule

LOOK_AHEAD = (timedelta(days=40), timedelta(days=400), timedelta(days=42 * 366))
WIDEST_SHIFT = timedelta(days=2)  # by which wall time and instants can differ around an offset


@dataclass(frozen=True)
class Due:
    """One time at which a rule has something to say.

    `wall` (naive) is the occurrence's own time and identifies it within its rule; `starts_at` is
    the instant of the thing itself, `due_at` that of the reminder.
    """

    wall: datetime
    starts_at: datetime
    due_at: datetime


class ReminderKind:
    """One kind of reminder. Subclasses name it and say whom it is for."""

    kind: ClassVar[str]
    title: ClassVar[str | Promise]
    notice: ClassVar[type[NoticeKind]]
    # Whether somebody whom several rules of this kind reach at once hears from one of them only.
    of_one: ClassVar[bool] = False

    @classmethod
    def occurrences(cls, rule: Rule, after: datetime, before: datetime) -> Iterable[Due]:
        """What comes due at or after `after` and before `before` (instants), in order.

        The rule's recurrence shifted by its offset. A kind that reads its times elsewhere (from
        sessions that may be moved, say) overrides this, and calls `Rule.reschedule_for` when what
        it reads changes.
        """
        offset = timedelta(minutes=rule.offset_minutes)
        for occurrence in rule.recurrence.between(
            after - offset - WIDEST_SHIFT, before - offset + WIDEST_SHIFT
        ):
            due_at = rule.shifted(occurrence)
            if after <= due_at < before and rule.speaks_on(occurrence.wall.date()):
                yield Due(occurrence.wall, occurrence.at, due_at)

    @classmethod
    def occurrences_of(
        cls, rules: Sequence[Rule], after: datetime, before: datetime
    ) -> Mapping[int, list[Due]]:
        """`occurrences` of many rules of this kind, by the rule's id. A kind that asks the database
        for one asks once for all."""
        return {rule.pk: list(cls.occurrences(rule, after, before)) for rule in rules}

    @classmethod
    def gather(cls, rules: Sequence[Rule], until: datetime) -> None:
        """Read for all of these rules of this kind, in a query or two, what `occurrences` will ask
        about each from where it is settled until now, and for the first time after; and note it
        at the rules, which live as long as a batch. Where a kind has nothing to note,
        `occurrences` asks the database."""

    @classmethod
    def subject(cls, rule: Rule, occurrence: Occurrence) -> Model | None:
        """What the reminder is about; None when there is nothing to remind of (called off)."""
        raise NotImplementedError

    @classmethod
    def audience(cls, rule: Rule, occurrence: Occurrence) -> QuerySet[User]:
        """Who is reminded, read at the moment the reminder comes due."""
        raise NotImplementedError

    @classmethod
    def subjects(cls, due: Sequence[tuple[Rule, Occurrence]]) -> Mapping[int, Model | None] | None:
        """What `subject` would answer, by the rule's id, for one occurrence of each of many rules
        of this kind: in a query or two. None: the kind knows only `subject`."""
        return None

    @classmethod
    def recipients(
        cls, rules: QuerySet[Rule], at: datetime, subjects: Mapping[int, int] | None = None
    ) -> QuerySet[Any, Any] | None:
        """(rule's id, person's id) of all whom these rules of this kind would remind at `at`: one
        query for any number of rules, each pair once. None: the kind knows only `audience`.

        `subjects`: the id of what each rule speaks of, by the rule's; None before that is known,
        in a forecast.

        A kind that overrides it lets `audience` follow from it, so that both say the same.
        """
        return None

    @classmethod
    def expires_at(cls, rule: Rule, occurrence: Occurrence) -> datetime | None:
        """Until when the reminder is of use.

        One that goes out before a thing dies when the thing starts; any other when the next one
        comes due, or after a week.
        """
        if rule.offset_minutes < 0:
            return occurrence.starts_at
        following = occurrence.following or cls.next_due(
            rule, occurrence.due_at + timedelta(seconds=1)
        )
        return following or occurrence.due_at + timedelta(days=7)

    @classmethod
    def timeline(cls, rule: Rule, since: datetime, until: datetime) -> tuple[list[Due], Due | None]:
        """What comes due from `since` to before `until`, and the first after that: read in one
        go."""
        dues: list[Due] = []
        start = since
        for ahead in LOOK_AHEAD:
            for due in cls.occurrences(rule, start, until + ahead):
                if due.due_at >= until:
                    return dues, due
                dues.append(due)
            start = until + ahead
        return dues, None

    @classmethod
    def next_due(cls, rule: Rule, after: datetime) -> datetime | None:
        """The first due instant at or after `after`; None when none will come."""
        start = after
        for ahead in LOOK_AHEAD:
            for due in cls.occurrences(rule, start, after + ahead):
                return due.due_at
            start = after + ahead
        return None


kinds: dict[str, type[ReminderKind]] = {}


def register(kind: type[ReminderKind]) -> type[ReminderKind]:
    """Make a kind known. Raises ValueError on a name that is taken."""
    if kinds.setdefault(kind.kind, kind) is not kind:
        raise ValueError(f"{kind.kind} is registered twice")
    return kind


def upcoming(rule: Rule, after: datetime, limit: int) -> Iterator[Due]:
    """The next times of a rule, for a page that shows them: `limit` at most."""
    found = 0
    start = after
    for ahead in LOOK_AHEAD:
        for due in kinds[rule.kind].occurrences(rule, start, after + ahead):
            yield due
            found += 1
            if found == limit:
                return
        start = after + ahead
