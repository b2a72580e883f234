"""When a zone's clocks are changed by law, each rule's next instant is found anew.

Nothing else keeps an instant of the future: reminders are written when they are due.
"""

import logging
import time

from django.db import Error, transaction

from portal.recurrence import zone_rules
from portal.reminders.models import Rule

log = logging.getLogger(__name__)

BATCH = 500  # rules in one transaction
A_WHILE = 30  # seconds that one turn may go on; the next finds the rest


def replan() -> int:
    """Look again at every rule whose next time is of another edition; how many moved."""
    until = time.monotonic() + A_WHILE
    moved = 0
    while (found := _batch()) is not None and time.monotonic() < until:
        moved += found
    return moved


@transaction.atomic
def _batch() -> int | None:
    """How many of one batch moved; None when there is none."""
    old = Rule.objects.exclude(next_due_at=None).exclude(zone_rules=zone_rules())
    rules = list(old.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    if not rules:
        return None
    moved = 0
    for rule in rules:
        before = rule.next_due_at
        try:
            if rule.failures == 0:  # else it waits to be tried again
                rule.next_due_at = rule.reminder_kind.next_due(rule, rule.settled_until)
        except Error:
            raise
        except Exception:  # a tick will put it off
            log.exception("reminders.rule_failed", extra={"rule": rule.pk})
        rule.zone_rules = zone_rules()
        moved += rule.next_due_at != before
    Rule.objects.bulk_update(rules, ["next_due_at", "zone_rules"])
    return moved
