"""One kind that a person leaves out over a channel."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.gathered import known
from portal.notices.models.category import Channel
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class Exclusion(models.Model):
    """That a person does not want one kind over a channel, though they want its category. No row:
    they do. A table of its own beside `Preference`: switching a category off and on again keeps
    what was left out of it, and kinds that are new follow their category.
    """

    privacy = {"id": NONE, "person": WORK, "kind": WORK, "channel": NONE, "since": WORK}

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_exclusions")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=12, choices=Channel)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kind that is left out")
        verbose_name_plural = _("kinds that are left out")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "channel", "person"], name="notices_exclusion_once"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="notices_exclusion_channel"
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="notices_exclusion_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} not by {self.channel}"

    @classmethod
    def of(cls, person: User) -> set[tuple[str, str]]:
        """(kind, channel) of all that the person leaves out."""
        rows = known(person, cls, lambda: list(cls.objects.filter(person=person)))
        return {(row.kind, row.channel) for row in rows}

    @classmethod
    def choose(
        cls, person: User, kind: str, channel: str, *, wanted: bool, at: datetime | None = None
    ) -> None:
        """Keep the person's choice. It holds at once: sending asks for it."""
        if wanted:
            cls.objects.filter(person=person, kind=kind, channel=channel).delete()
        else:
            cls.objects.get_or_create(
                person=person, kind=kind, channel=channel, defaults={"since": at or timezone.now()}
            )
