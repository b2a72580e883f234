"""Rows that hold from an instant until another: positions, supervisions, memberships.

Half-open: a row holds at `since` and no longer at `until`. Dates that people choose are turned
into midnights of the agency's zone before they come here, so "now" means the same everywhere.
"""

from datetime import date, datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.prepared import now


def holds_at(at: datetime | None = None, prefix: str = "") -> Q:
    """The condition that a dated row (behind `prefix`, as `"positions__"`) holds at an instant."""
    at = at or now()
    ended = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": at})
    return Q(**{f"{prefix}since__lte": at}) & ended


M = TypeVar("M", bound="Dated")


class DatedQuerySet(models.QuerySet[M]):
    def current(self, at: datetime | None = None) -> Self:
        """What holds now, or at `at`."""
        return self.filter(holds_at(at))

    def not_over(self, at: datetime | None = None) -> Self:
        """What holds now or will later."""
        return self.filter(Q(until=None) | Q(until__gt=at or now()))


class Dated(models.Model):
    since = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=_("Choose an end that comes after the start."),
            )
        ]

    def holds(self, at: datetime | None = None) -> bool:
        """Whether the row holds now, or at `at`."""
        at = at or now()
        return self.since <= at and (self.until is None or self.until > at)


class OnDays:
    """For dated rows of an agency: the days that its calendar shows for them."""

    @property
    def first_day(self) -> date:
        return self.agency.day_of(self.since)  # type: ignore[attr-defined]

    @property
    def last_day(self) -> date | None:
        """The last day on which the row holds: an end at midnight belongs to the day before."""
        if self.until is None:  # type: ignore[attr-defined]
            return None
        return self.agency.day_of(self.until - timedelta(microseconds=1))  # type: ignore[attr-defined]
