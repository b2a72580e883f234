"""What happened when: a note on a chart, so that a change is read beside its likely cause."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.recording import READERS
from portal.agencies.models import Agency, Role
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, person: User) -> Self:
        return self.filter(agency__in=agencies_of(person, *READERS))

    def removable_by(self, person: User) -> Self:
        """One's own, and for an admin all of the agency."""
        theirs = Q(by=person) | Q(agency__in=agencies_of(person, Role.ADMIN))
        return self.visible_to(person).filter(theirs)


class Annotation(models.Model):
    class Kind(models.TextChoices):
        SUPERVISOR = "supervisor", _("new supervisor")
        GROWTH = "growth", _("growth")
        VERSION = "version", _("new version of an instrument")
        RATER = "rater", _("new rater")
        OTHER = "other", _("something else")

    privacy = {
        "id": NONE,
        "agency": WORK,
        "kind": NONE,
        "on": WORK,
        "words": WORK,
        "by": WORK,
        "at": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    on = models.DateField(_("when"))
    words = models.CharField(_("in a few words"), max_length=120, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["supervisor", "growth", "version", "rater", "other"]),
                name="fidelity_annotation_kind",
                violation_error_message=_("Choose what happened from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(words=""),
                name="fidelity_annotation_words",
                violation_error_message=_("Say in a few words what happened."),
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.Kind(self.kind).label)
