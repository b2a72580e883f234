"""A recording: the subject of a review when who practised is not what the review is about."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency, Role
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.web.privacy import NONE, WORK

HERE = "here"  # the origin of one that was named for a round, and not imported
READERS = (Role.SUPERVISOR, Role.COACH, Role.ADMIN)


class RecordingQuerySet(models.QuerySet["Recording"]):
    def visible_to(self, person: User) -> Self:
        """Recordings of the agencies where the person supervises, coaches or is an admin."""
        return self.filter(agency__in=agencies_of(person, *READERS))

    def coded(self) -> Self:
        """Those that somebody from outside coded; the others wait, or were scored in a round."""
        by_outsiders = self.filter(reviews__annotator__gt="", reviews__submitted_at__isnull=False)
        return by_outsiders.distinct()


class Recording(models.Model):
    class Quality(models.TextChoices):
        """How a conversation was published, not how it was scored."""

        HIGH = "high", _("shown as good practice")
        LOW = "low", _("shown as poor practice")
        UNKNOWN = "unknown", _("not said")

    privacy = {
        "id": NONE,
        "agency": WORK,
        "origin": NONE,
        "key": NONE,
        "label": WORK,
        "topic": WORK,
        "quality": NONE,
        "practitioner": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(_("where it comes from"), max_length=200)
    key = models.CharField(_("its name there"), max_length=60)
    label = models.CharField(_("label"), max_length=120)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    quality = models.CharField(_("quality"), max_length=7, choices=Quality, default=Quality.UNKNOWN)
    # Who is heard, where it is somebody of the agency: scoring it takes their consent.
    practitioner = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "origin", "key"],
                name="fidelity_recording_once",
                violation_error_message=_("This recording is here already."),
            ),
            models.CheckConstraint(
                condition=models.Q(quality__in=["high", "low", "unknown"]),
                name="fidelity_recording_quality",
                violation_error_message=_("Choose a quality from the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
