"""A legal hold: a person's journal is kept from being deleted, and stays closed all the same."""

from datetime import datetime, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.access import agencies_of
from portal.agencies.models import Agency, Dated, DatedQuerySet
from portal.agencies.models.dated import OnDays
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK
from reflections.models.retention import Ending
from reflections.notices import EntriesEnd

SHORTEST = timedelta(microseconds=1)  # a hold that was ended before it began


class HoldQuerySet(DatedQuerySet["Hold"]):
    def administered_by(self, person: User) -> Self:
        """Those of agencies that the person runs."""
        return self.filter(agency__in=agencies_of(person, "admin"))

    @transaction.atomic
    def place(
        self,
        person: User,
        agency: Agency,
        *,
        reason: str,
        by: User,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> "Hold":
        """Keep the person's journal from being deleted, from `since` (now) until `until`.

        It opens the journal to nobody. Raises ValidationError for someone who never worked at the
        agency, on no reason, and on an end before the start.
        """
        if not agency.everyone_ever().filter(pk=person.pk).exists():
            raise ValidationError({"person": _("Choose someone who works or worked here.")})
        now = timezone.now()
        made = Hold(
            person=person, agency=agency, by=by, reason=reason.strip(), since=since or now,
            until=until,
        )  # fmt: skip
        made.full_clean()
        made.save()  # waits for a deletion that has begun: it has locked the person
        for told in Ending.objects.filter(author=person):
            EntriesEnd.withdraw(about=told, at=now)
            told.delete()
        record("hold.placed", on=made, by=by, at=now)
        return made


class Hold(OnDays, Dated):
    """A person's journal is kept from deletion: because of a lawsuit, say. Its author sees that,
    by whom and why; whoever placed it sees nothing of the journal."""

    privacy = {
        "id": NONE,
        "person": WORK,
        "agency": WORK,
        "by": WORK,
        "reason": FREE,
        "since": WORK,
        "until": WORK,
    }

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("why"), max_length=300)

    objects = HoldQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        indexes = [models.Index(fields=["person", "until"], name="reflections_hold_of")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reflections_hold_has_a_reason",
                violation_error_message=_("Say why. The person reads this."),
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    @transaction.atomic
    def end(self, *, by: User, at: datetime | None = None) -> None:
        """Let go. Twice is as once; one that has not begun ends as it begins."""
        standing = Hold.objects.select_for_update(of=("self",)).get(pk=self.pk)
        until = max(at or timezone.now(), standing.since + SHORTEST)
        if standing.until is not None and standing.until <= until:
            return
        self.until = until
        self.save(update_fields=["until"])
        record("hold.ended", on=self, by=by, at=at)
