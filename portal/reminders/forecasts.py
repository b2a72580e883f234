"""What an agency's rules will say in the days to come."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Model

from portal.agencies.models import Agency
from portal.recurrence import NotARecurrence
from portal.reminders.kinds import Due, ReminderKind, kinds
from portal.reminders.models import Rule

AHEAD = timedelta(days=7)
NAMED = {"agencies", "communities"}  # owners whose names every member knows
MOST = 500  # rules that are looked at; further ones are counted


@dataclass(frozen=True)
class Coming:
    """One time at which a rule will speak."""

    due_at: datetime
    rule: Rule
    owner: Model | None
    title: str
    today: int | None  # people whom it would reach now, where the kind can tell for many at once


def coming(agency: Agency, at: datetime) -> tuple[list[Coming], int]:
    """Soonest first; and how many rules were too many to look at. A query or two a kind.

    A rule whose zone is gone, say, is left out: the status counts those that fail.
    """
    soon = Rule.objects.of_agency(agency).filter(next_due_at__lt=at + AHEAD)
    rules = list(soon.order_by("next_due_at", "pk")[: MOST + 1])
    further = soon.count() - MOST if len(rules) > MOST else 0
    by_kind = defaultdict(list)
    for rule in rules[:MOST]:
        if rule.kind in kinds:
            by_kind[rule.kind].append(rule)
    owners = _owners(rules)
    found = []
    for name, several in by_kind.items():
        kind = kinds[name]
        reached = _reached(name, several, at)
        times = _times(kind, several, at)
        for rule in several:
            owner = owners.get((rule.owner_type, rule.owner_id))
            today = None if reached is None else reached.get(rule.pk, 0)
            found += [
                Coming(due.due_at, rule, owner, str(kind.title), today) for due in times[rule.pk]
            ]
    return sorted(found, key=lambda each: (each.due_at, each.rule.pk)), further


def _times(kind: type[ReminderKind], rules: list[Rule], at: datetime) -> dict[int, list[Due]]:
    readable = []
    for rule in rules:
        with suppress(NotARecurrence):
            rule.recurrence  # noqa: B018  # reads it
            readable.append(rule)
    found = kind.occurrences_of(readable, at, at + AHEAD) if readable else {}
    return {rule.pk: found.get(rule.pk, []) for rule in rules}


def _reached(name: str, rules: list[Rule], at: datetime) -> dict[int, int] | None:
    audience = kinds[name].recipients(Rule.objects.filter(pk__in=[r.pk for r in rules]), at)
    if audience is None:
        return None
    counted: dict[int, int] = defaultdict(int)
    for rule, _person in audience:
        counted[rule] += 1
    return counted


def _owners(rules: list[Rule]) -> dict[tuple[str, int], Model]:
    wanted = defaultdict(set)
    for rule in rules:
        if rule.owner_type.partition(".")[0] in NAMED:
            wanted[rule.owner_type].add(rule.owner_id)
    return {
        (label, pk): owner
        for label, ids in wanted.items()
        for pk, owner in apps.get_model(label)._default_manager.in_bulk(ids).items()
    }
