"""One tick: claim the rules that are due, in batches, and let each say what it has to say.

Any number of ticks may run at once: each claims rows that no other holds.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.notices.models import Heartbeat
from portal.reminders.batch import Batch
from portal.reminders.models import Rule

log = logging.getLogger(__name__)

BATCH = 500  # rules in one transaction: what a crash makes the next tick do again
A_WHILE = 30  # seconds that one tick may go on; the next finds the rest


@dataclass
class Ticked:
    """What one tick did: rules settled, people told, rules that failed."""

    rules: int = 0
    told: int = 0
    failed: int = 0


def tick(at: datetime | None = None) -> Ticked:
    """Settle every rule that is due. A rule that fails is put off; the others go on."""
    at = at or timezone.now()
    until = time.monotonic() + A_WHILE
    done = Ticked()
    while _settle_batch(at, done) and time.monotonic() < until:
        Heartbeat.beat("tick")
    Heartbeat.beat("tick")
    return done


@transaction.atomic
def _settle_batch(at: datetime, done: Ticked) -> bool:
    """One batch; whether there may be more."""
    claimed = Rule.objects.due(at).select_for_update(skip_locked=True, of=("self",))[:BATCH]
    rules = list(claimed)
    if not rules:
        return False
    batch = Batch(rules, at)
    try:
        batch.settle()
    except Exception:
        log.warning("reminders.batch_failed", exc_info=True)
        _one_by_one(rules, at, done)
    else:
        done.rules += len(batch.settled)
        done.told += batch.told
        for rule in batch.broken:
            rule.put_off(at)
        done.failed += len(batch.broken)
    return len(rules) == BATCH


def _one_by_one(rules: list[Rule], at: datetime, done: Ticked) -> None:
    """What went wrong with one rule, or between two, must not silence the rest."""
    for rule in Rule.objects.filter(pk__in=[rule.pk for rule in rules]):  # as they are stored
        try:
            with transaction.atomic():
                done.told += rule.settle_locked(at)
            done.rules += 1
        except Exception:
            log.exception("reminders.rule_failed", extra={"rule": rule.pk})
            rule.refresh_from_db()
            rule.put_off(at)
            done.failed += 1
