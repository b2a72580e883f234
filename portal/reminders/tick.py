"""One tick: claim the rules that are due, in batches, and let each say what it has to say.

Any number of ticks may run at once: each claims rows that no other holds.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.notices.models import Heartbeat
from portal.reminders.models import Rule

log = logging.getLogger(__name__)

BATCH = 100  # rules in one transaction: what a crash makes the next tick do again


@dataclass
class Ticked:
    """What one tick did: rules settled, people told, rules that failed."""

    rules: int = 0
    told: int = 0
    failed: int = 0


def tick(at: datetime | None = None) -> Ticked:
    """Settle every rule that is due. A rule that fails is put off; the others go on."""
    at = at or timezone.now()
    done = Ticked()
    while _settle_batch(at, done):
        pass
    Heartbeat.beat("tick")
    return done


@transaction.atomic
def _settle_batch(at: datetime, done: Ticked) -> bool:
    """One batch; whether there may be more."""
    claimed = Rule.objects.due(at).select_for_update(skip_locked=True, of=("self",))[:BATCH]
    rules = list(claimed)
    for rule in rules:
        try:
            with transaction.atomic():
                done.told += rule.settle_locked(at)
            done.rules += 1
        except Exception:
            # Whatever is wrong with one rule (its kind is gone, its zone was renamed, its
            # audience cannot be read) must not silence the rest.
            log.exception("reminders.rule_failed", extra={"rule": rule.pk})
            rule.put_off(at)
            done.failed += 1
    return len(rules) == BATCH
