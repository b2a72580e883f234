"""Consent of the person whose practice is scored from a recording: on record, dated, withdrawable.

It is the observed person's. What a family agrees to is kept where the recording is, and no field
here asks for a family's name.
"""

from datetime import date, datetime
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.supervised import pairs_of
from portal.agencies.models import Agency
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class ConsentMissing(Exception):
    """Scoring a recording takes the consent of the person who is heard in it."""

    def __init__(self, person: User) -> None:
        self.person = person
        super().__init__(person.pk)

    @property
    def words(self) -> str:
        """What the reviewer is told."""
        return _(
            "There is no consent of %(person)s on record to score a recording of their practice. "
            "Ask them first: they give it, or you put it on record, on their page."
        ) % {"person": self.person}


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, person: User) -> Self:
        """One's own, and those of the people whom one supervises or coaches now."""
        return self.filter(self._theirs(person), agency__in=agencies_of(person))

    def withdrawable_by(self, person: User) -> Self:
        """Standing ones: the person withdraws, or says so to who supervises or coaches them."""
        return self.visible_to(person).filter(withdrawn_at=None)

    def standing(self, on: date) -> Self:
        """What holds on that day."""
        endless = Q(until=None) | Q(until__gte=on)
        return self.filter(endless, given_on__lte=on, withdrawn_at=None)

    def require(self, person: User, *, agency: int, at: datetime | None = None) -> None:
        """Raises ConsentMissing unless the person's consent holds at that moment."""
        held = self.standing(timezone.localdate(at)).filter(agency=agency, person=person)
        if not held.exists():
            raise ConsentMissing(person)

    @staticmethod
    def _theirs(person: User) -> Q:
        found = Q(person=person)
        for agency, supervisee in pairs_of(person):
            found |= Q(agency=agency, person=supervisee)
        return found


class Consent(models.Model):
    class How(models.TextChoices):
        HERE = "here", _("given here")
        WRITING = "writing", _("in writing")
        SPOKEN = "spoken", _("spoken")

    privacy = {
        "id": NONE,
        "agency": WORK,
        "person": WORK,
        "how": WORK,
        "given_on": WORK,
        "until": WORK,
        "recorded_by": WORK,
        "recorded_at": WORK,
        "withdrawn_at": WORK,
        "withdrawn_by": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(_("how it was given"), max_length=7, choices=How)
    given_on = models.DateField(_("given on"))
    until = models.DateField(_("good until"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_on", "-pk"]
        indexes = [models.Index(fields=["person", "agency"], name="fidelity_consent_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=["here", "writing", "spoken"]),
                name="fidelity_consent_how",
                violation_error_message=_("Choose how the consent was given."),
            ),
            models.CheckConstraint(
                condition=~Q(how="here") | Q(recorded_by=F("person")),
                name="fidelity_consent_here_by_person",
                violation_error_message=_(
                    "Choose how they told you: only the person themself gives it here."
                ),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("given_on")),
                name="fidelity_consent_ends_after",
                violation_error_message=_("Choose an end that comes after the start."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="fidelity_consent_withdrawn_by_someone",
                violation_error_message=_("Say who withdrew it."),
            ),
        ]

    def __str__(self) -> str:
        return f"consent of {self.person_id} since {self.given_on}"

    @classmethod
    @transaction.atomic
    def put_on_record(cls, consent: "Consent", *, by: User, at: datetime | None = None) -> None:
        """Store what a form describes."""
        consent.recorded_by, consent.recorded_at = by, at or timezone.now()
        consent.save()
        record("consent.recorded", on=consent, by=by, at=at)

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """From now on no recording is scored on it. What was submitted before stays. Twice is as
        once."""
        standing = Consent.objects.filter(pk=self.pk, withdrawn_at=None)
        if standing.update(withdrawn_at=at or timezone.now(), withdrawn_by=by):
            record("consent.withdrawn", on=self, by=by, at=at)
        self.refresh_from_db(fields=["withdrawn_at", "withdrawn_by"])
