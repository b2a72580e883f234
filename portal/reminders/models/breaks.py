"""A rule takes a break: it says nothing before a day, or skips one of its times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone


class Breaks(models.Model):
    """Days are those of the rule's own clock: a rule comes once a day at most, so that a day names
    one of its times. They are kept on the rule itself: whoever computes next times for many rules
    reads no other row."""

    snoozed_until = models.DateField(null=True)
    skipped = ArrayField(models.DateField(), default=list, db_default=[])

    class Meta:
        abstract = True

    def speaks_on(self, day: date) -> bool:
        """Whether a time of that day is said: not snoozed, and not skipped."""
        snoozed = self.snoozed_until is not None and day < self.snoozed_until
        return not snoozed and day not in self.skipped

    @transaction.atomic
    def take_breaks(
        self, *, until: date | None, skipped: Iterable[date], at: datetime | None = None
    ) -> None:
        """Say nothing before `until`, nor on the days `skipped`; what no longer stands and has not
        gone is taken back. The same again changes nothing."""
        rule: Any = type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
        days = sorted(set(skipped))
        if (rule.snoozed_until, rule.skipped) == (until, days):
            return
        rule.snoozed_until, rule.skipped = until, days
        rule._start_over(at or timezone.now())
        self.refresh_from_db()
