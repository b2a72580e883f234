"""What a person can switch on and off as one, and over what it reaches them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    SESSIONS = "sessions", _("Sessions and communities")
    REFLECTIONS = "reflections", _("Reflections and answers")
    PRACTICE = "practice", _("Reviews, feedback and goals")
    REMINDERS = "reminders", _("Recurring reminders")
    AGENCY = "agency", _("Your agency and your account")
    DIGEST = "digest", _("Many notices in one mail")


class Channel(models.TextChoices):
    """Over what a notice reaches somebody. In the portal it is listed; the others carry it further,
    each as a delivery of its own. What a person chooses is kept by channel: one more is one more
    member here."""

    PORTAL = "portal", _("In the portal")
    MAIL = "mail", _("Email")
    PUSH = "push", _("On my devices")

    @classmethod
    def offered(cls) -> list[Channel]:
        """Those that this portal has: without a key of its own it can push to no browser."""
        return [each for each in cls if each != cls.PUSH or settings.WEB_PUSH_PRIVATE_KEY]
