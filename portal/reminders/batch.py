"""A batch of rules, settled together: what each rule says is worked out here, and whom it reaches
is found and written by the database, a statement for each kind."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import Error, connection, transaction
from django.db.models import F, Model

from portal.notices.telling import Telling, tell_each
from portal.recurrence import zone_rules
from portal.reminders.kinds import kinds
from portal.reminders.models import Occurrence, Rule
from portal.reminders.models.occurrence import INSTANT

log = logging.getLogger(__name__)

MOVE_ON = """
UPDATE reminders_rule
SET settled_until = %s, failures = 0, next_due_at = due.next_due_at, zone_rules = %s
FROM unnest(%s::bigint[], %s::timestamptz[]) AS due (id, next_due_at)
WHERE reminders_rule.id = due.id
"""


@dataclass
class Batch:
    """Rules that the caller has locked, at one instant."""

    rules: list[Rule]
    at: datetime
    told: int = 0
    settled: list[Rule] = field(default_factory=list)
    broken: list[Rule] = field(default_factory=list)  # which cannot be worked out at all
    made: dict[int, list[Occurrence]] = field(default_factory=dict)  # by the rule's id

    @transaction.atomic
    def settle(self) -> None:
        """Raises whatever one of them raises about its audience: then all go one by one."""
        self._gather()
        for rule in self.rules:
            self._work_out(rule)
        by_kind = defaultdict(list)
        for occurrence, subject in self._subjects():
            by_kind[occurrence.rule.kind].append((occurrence, subject))
        for kind, about in by_kind.items():
            self._tell(kind, about)
        Occurrence.objects.bulk_create(
            [occurrence for made in self.made.values() for occurrence in made],
            ignore_conflicts=True,
        )
        self._move_on()

    def _gather(self) -> None:
        by_kind = defaultdict(list)
        for rule in self.rules:
            by_kind[rule.kind].append(rule)
        for name, rules in by_kind.items():
            if name in kinds:
                kinds[name].gather(rules, max(self._until(rule) for rule in rules))

    def _until(self, rule: Rule) -> datetime:
        # Moved by a minute into the past, a clock finds rules that are settled further.
        return max(rule.settled_until, self.at + INSTANT)

    def _work_out(self, rule: Rule) -> None:
        until = self._until(rule)
        try:
            dues, following = rule.reminder_kind.timeline(rule, rule.settled_until, until)
            self.made[rule.pk] = Occurrence.weigh(rule, dues, self.at, following)
        except Error:
            raise  # the transaction is lost
        except Exception:
            # Its kind is gone, its zone was renamed: that must not silence the rest.
            log.exception("reminders.rule_failed", extra={"rule": rule.pk})
            self.broken.append(rule)
            return
        rule.settled_until = until
        rule.next_due_at = following.due_at if following else None
        self.settled.append(rule)

    def _subjects(self) -> Iterable[tuple[Occurrence, Model]]:
        """Of each rule the last occurrence that is of use and about something: it speaks for those
        before it."""
        known = self._known_subjects()
        for rule in self.settled:
            kind, spoken = rule.reminder_kind, False
            for occurrence in self.made[rule.pk]:
                if not occurrence.is_open:
                    continue
                if spoken:
                    occurrence.outcome = Occurrence.Outcome.COALESCED
                    continue
                first = known.get(rule.pk)
                if first and first[0] is occurrence:
                    subject = first[1]
                else:
                    subject = kind.subject(rule, occurrence)
                occurrence.tells_of(subject)
                if subject is not None:
                    spoken = True
                    yield occurrence, subject

    def _known_subjects(self) -> dict[int, tuple[Occurrence, Model | None]]:
        """By the rule's id, of kinds that find the subjects of many rules at once."""
        latest = defaultdict(list)
        for rule in self.settled:
            for occurrence in self.made[rule.pk]:
                if occurrence.is_open:
                    latest[rule.kind].append((rule, occurrence))
                    break
        known: dict[int, tuple[Occurrence, Model | None]] = {}
        for kind, due in latest.items():
            if (found := kinds[kind].subjects(due)) is not None:
                known |= {rule.pk: (o, found.get(rule.pk)) for rule, o in due}
        return known

    def _tell(self, name: str, about: list[tuple[Occurrence, Model]]) -> None:
        kind, heard = kinds[name], self._heard_before(occurrence for occurrence, _s in about)
        together = {o.rule_id: o for o, _s in about if (o.rule_id, o.wall) not in heard}
        audience = None
        if together:
            audience = kind.recipients(
                Rule.objects.filter(pk__in=list(together)),
                self.at,
                {pk: o.subject_id for pk, o in together.items() if o.subject_id},
            )
        if audience is None:
            together = {}
        for occurrence, subject in about:
            if occurrence.rule_id not in together:
                occurrence.tell(subject)
                self.told += occurrence.told
        if audience is not None:
            tellings = [
                Telling(pk, o.subject_type, o.subject_id or 0, o.due_at, o.expires_at)
                for pk, o in together.items()
            ]
            fresh = tell_each(kind.notice, tellings, audience, of_one=kind.of_one)
            self.told += sum(fresh.values())
            for o in together.values():
                # Two rules that say the very same share what is counted: the first has it.
                o.told = fresh.pop((o.subject_type, o.subject_id or 0, o.due_at), 0)

    def _heard_before(self, about: Iterable[Occurrence]) -> set[tuple[int, datetime]]:
        """The rules of which an earlier version told of this very time: those go one by one."""
        times = {(o.rule_id, o.wall): o.starts_at for o in about}
        earlier = Occurrence.objects.filter(
            rule__in={rule for rule, _wall in times},
            wall__in={wall for _rule, wall in times},
            version__lt=F("rule__version"),
            told__gt=0,
        )
        return {
            (rule, wall)
            for rule, wall, starts_at in earlier.values_list("rule", "wall", "starts_at")
            if times.get((rule, wall)) == starts_at
        }

    def _move_on(self) -> None:
        """When each comes due next; nothing else of a rule has changed."""
        by_time = defaultdict(list)
        for rule in self.settled:
            by_time[rule.settled_until].append(rule)
        with connection.cursor() as cursor:
            for settled_until, rules in by_time.items():
                nexts = [rule.next_due_at for rule in rules]
                ids = [rule.pk for rule in rules]
                cursor.execute(MOVE_ON, [settled_until, zone_rules(), ids, nexts])
