"""What a person wants to be told over which channel, and when not."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.gathered import known
from portal.notices.models.category import Category, Channel
from portal.notices.quiet_hours import Window
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class Preference(models.Model):
    """That a person wants, or does not want, a category over a channel. No row: they do."""

    privacy = {
        "id": NONE,
        "person": WORK,
        "category": NONE,
        "channel": NONE,
        "wanted": WORK,
        "since": WORK,
    }

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_preferences")
    category = models.CharField(max_length=20, choices=Category)
    channel = models.CharField(max_length=12, choices=Channel)
    wanted = models.BooleanField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "category", "channel"], name="notices_preference_once"
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="notices_preference_category"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="notices_preference_channel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} by {self.channel}: {self.wanted}"

    @classmethod
    def wants(cls, person: User, category: str, channel: str) -> bool:
        """Whether the person wants these; nobody is asked before the first one."""
        rows = known(person, cls, lambda: list(cls.objects.filter(person=person)))
        chosen = {(row.category, row.channel): row.wanted for row in rows}
        return chosen.get((category, channel), True)

    @classmethod
    def choose(
        cls,
        person: User,
        category: str,
        channel: str,
        *,
        wanted: bool,
        at: datetime | None = None,
    ) -> None:
        """Keep the person's choice. It holds at once: sending asks for it."""
        cls.objects.update_or_create(
            person=person,
            category=category,
            channel=channel,
            defaults={"wanted": wanted, "since": at or timezone.now()},
        )


class QuietHours(models.Model):
    """When a person wants no mail, on the clock of their own zone. No row: 20:00 to 07:00."""

    privacy = {
        "person": WORK,
        "on": WORK,
        "begins": WORK,
        "ends": WORK,
        "weekdays": WORK,
        "on_holidays": WORK,
    }

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="quiet_hours"
    )
    on = models.BooleanField(_("hold email back in quiet hours"), default=True)
    begins = models.TimeField(_("from"), default=time(20))
    ends = models.TimeField(_("until"), default=time(7))
    # Whole days without mail: 0 for Monday. They hold with the hours or without.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, db_default=[])
    on_holidays = models.BooleanField(default=False, db_default=False)  # their agency's, too

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")
        constraints = [
            models.CheckConstraint(
                condition=~Q(begins=models.F("ends")),
                name="notices_quiethours_end_differs",
                violation_error_message=_("Choose an end that differs from the start."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=list(range(7))) & Q(weekdays__len__lte=6),
                name="notices_quiethours_a_day_is_left",
                violation_error_message=_("Leave one day on which mail may come."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M} to {self.ends:%H:%M}" if self.on else "none"

    @classmethod
    def of(cls, person: User) -> QuietHours:
        """The person's, or the usual ones (not saved)."""
        return cls.objects.filter(person=person).first() or cls(person=person)

    @property
    def window(self) -> Window | None:
        return Window(self.begins, self.ends) if self.on else None
