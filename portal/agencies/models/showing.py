"""When supervisors of an agency could see that someone reflected: the record of a policy."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models.dated import Dated, DatedQuerySet
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from portal.agencies.models.agency import Agency


class ShowingQuerySet(DatedQuerySet["Showing"]):
    def turn(self, agency: "Agency", *, on: bool, at: datetime | None = None) -> None:
        """From now on they can, or cannot. The same again changes nothing."""
        at = at or timezone.now()
        standing = self.filter(agency=agency, until=None)
        if on and not standing.exists():
            self.create(agency=agency, since=at)
        elif not on:
            standing.update(until=at)


class Showing(Dated):
    """From `since` until `until`. What was kept before or after is not seen: nobody was told."""

    privacy = {"id": NONE, "agency": WORK, "since": WORK, "until": WORK}

    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="showings")

    objects = ShowingQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("time in which supervisors see that someone reflected")
        verbose_name_plural = _("times in which supervisors see that someone reflected")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(until=None),
                name="agencies_showing_one_stands",
                violation_error_message=_("Supervisors see it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} from {self.since:%Y-%m-%d}"
