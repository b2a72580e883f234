"""A secret in a URL: a calendar program reads what one person may see, without a sign-in."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models.user import User
from portal.web.privacy import NONE, WORK

RANDOM_BYTES = 32


def digest_of(token: str) -> str:
    """What is kept of a token. It is random already: a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def the_one(found: Iterable["FeedToken"], token: str) -> "FeedToken | None":
    """The row that was found for the token's digest.

    The index compares digests, not tokens, so its timing tells nothing of use; the last word
    still goes to a comparison in constant time.
    """
    row = next(iter(found), None)
    wanted = digest_of(token)
    if not hmac.compare_digest(row.digest if row else "0" * len(wanted), wanted):
        return None
    return row


class FeedTokenQuerySet(models.QuerySet["FeedToken"]):
    def standing(self) -> "FeedTokenQuerySet":
        """What has not been revoked."""
        return self.filter(revoked_at=None)

    def held_by(self, person: User) -> "FeedTokenQuerySet":
        """The person's own that still open something."""
        return self.standing().filter(person=person)

    def person_of(self, token: str) -> User | None:
        """Whose token this is; None where it opens nothing."""
        found = self.opened_by(token)
        return found.person if found else None

    def opened_by(self, token: str) -> "FeedToken | None":
        """The token's row; None for a strange or revoked one, and for someone who has left."""
        return the_one(self.kept_as(digest_of(token))[:1], token)

    def kept_as(self, digest: str) -> "FeedTokenQuerySet":
        """The token of that digest, if it opens anything, with its person."""
        return (
            self.standing().filter(digest=digest, person__is_active=True).select_related("person")
        )

    def revoke(self, *, at: datetime | None = None) -> int:
        """End these tokens at once; how many were standing."""
        return self.standing().update(revoked_at=at or timezone.now())


class FeedToken(models.Model):
    """One feed address of one person. Only the token's hash is kept: it is shown once."""

    privacy = {
        "id": NONE,
        "person": WORK,
        "digest": NONE,
        "created_at": WORK,
        "revoked_at": WORK,
    }

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feed_tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = FeedTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed address")
        verbose_name_plural = _("feed addresses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="people_feedtoken_is_hashed",
                violation_error_message=_("Keep the token's hash, never the token."),
            ),
        ]

    def __str__(self) -> str:
        return f"feed address of {self.person_id}"

    @classmethod
    def issue(cls, person: User, *, at: datetime | None = None) -> str:
        """A new token for the person; the one time that it can be read."""
        return cls.made(person, at=at)[1]

    @classmethod
    def made(cls, person: User, *, at: datetime | None = None) -> "tuple[FeedToken, str]":
        """A new token's row, and the token itself, for whoever narrows what it opens."""
        token = secrets.token_urlsafe(RANDOM_BYTES)
        row = cls.objects.create(
            person=person, digest=digest_of(token), created_at=at or timezone.now()
        )
        return row, token
