"""Who signs in. Who they are at work, their dated positions, is two rooms up in agencies."""

import zoneinfo
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.web.privacy import CONTACT, NONE, WORK


def is_zone(name: str) -> None:
    """Refuse a name that the zone database does not have."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."), code="zone")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can sign in; without a password, only after setting one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Someone who runs the portal's operations. It opens no journal."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an email address: facilitator, supervisor, admin, or several of these."""

    privacy = {
        "id": NONE,
        "password": CONTACT,
        "last_login": WORK,
        "is_superuser": NONE,
        "is_staff": NONE,
        "is_active": WORK,
        "joined_at": WORK,
        "email": CONTACT,
        "name": CONTACT,
        "language": NONE,
        "time_zone": NONE,
        "theme": NONE,
    }

    class Theme(models.TextChoices):
        SYSTEM = "", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(
        _("email address"),
        unique=True,
        error_messages={"unique": _("Someone with this email address is here already.")},
    )
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[is_zone]
    )
    theme = models.CharField(
        _("colours"), max_length=5, blank=True, default=Theme.SYSTEM, choices=Theme
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("Runs operations. Opens no journal."))
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="people_user_email_lowercase",
                violation_error_message=_("Write the email address in small letters."),
            ),
            models.CheckConstraint(
                condition=models.Q(theme__in=["", "light", "dark"]), name="people_user_theme"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email
