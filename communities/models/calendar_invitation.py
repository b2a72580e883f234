"""Invitations by mail (RFC 5546, 6047): who wants them, what their calendar was told, each mail."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.series import Series
from portal.people.models import User
from portal.web.privacy import CONTACT, NONE, WORK


class CalendarWish(models.Model):
    """The person wants invitations by mail. No row: they do not.

    Off until chosen: an invitation writes into a calendar, and every change is another mail.
    """

    privacy = {"person": WORK, "since": WORK}

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="calendar_wish"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wish for invitations")
        verbose_name_plural = _("wishes for invitations")

    def __str__(self) -> str:
        return f"{self.person_id} wants invitations"

    @classmethod
    def choose(cls, person: User, *, wanted: bool, at: datetime | None = None) -> None:
        """Keep the person's choice. What follows from it is mailed by the next tick."""
        if wanted:
            cls.objects.get_or_create(person=person, defaults={"since": at or timezone.now()})
        else:
            cls.objects.filter(person=person).delete()


class CalendarInvitation(models.Model):
    """One person's calendar and one series: what mails have told it so far.

    `told` maps a part of the series ("" for its rule, a wall time for an instance, a UID for an
    event of its own) to [digest of its times, SEQUENCE]. `floor` is added to every SEQUENCE, so
    that an invitation after a withdrawal counts on.
    """

    privacy = {
        "id": NONE,
        "person": WORK,
        "series": WORK,
        "told": NONE,
        "floor": NONE,
        "begun_at": WORK,
        "withdrawn_at": WORK,
    }

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_invitations")
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="calendar_invitations"
    )
    told = models.JSONField(default=dict)
    floor = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation to a series")
        verbose_name_plural = _("invitations to series")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "series"],
                name="communities_calendarinvitation_once",
                violation_error_message=_("They are invited to this series already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.series_id}"


class CalendarMail(models.Model):
    """One iTIP message of an invitation: written when the change was seen, so that what is sent
    later is what its SEQUENCE says. `number` is the order in which they must arrive."""

    privacy = {
        "id": NONE,
        "invitation": WORK,
        "number": NONE,
        "uid": NONE,
        "method": NONE,
        "is_whole": NONE,
        "starts_at": WORK,
        "body": CONTACT,
        "at": WORK,
    }

    class Method(models.TextChoices):
        REQUEST = "REQUEST", _("invitation")
        CANCEL = "CANCEL", _("withdrawal")

    invitation = models.ForeignKey(
        CalendarInvitation, on_delete=models.CASCADE, related_name="mails"
    )
    number = models.PositiveIntegerField()
    uid = models.CharField(max_length=200)
    method = models.CharField(max_length=7, choices=Method)
    is_whole = models.BooleanField()  # all of the series, not one session of it
    starts_at = models.DateTimeField()
    body = models.TextField()  # the VCALENDAR
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mail of an invitation")
        verbose_name_plural = _("mails of invitations")
        ordering = ["invitation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "number"], name="communities_calendarmail_number_once"
            ),
            models.CheckConstraint(
                condition=Q(method__in=["REQUEST", "CANCEL"]),
                name="communities_calendarmail_method",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.number} of {self.invitation_id}"

    def get_absolute_url(self) -> str:
        return self.invitation.series.get_absolute_url()

    @property
    def is_cancel(self) -> bool:
        return self.method == self.Method.CANCEL
