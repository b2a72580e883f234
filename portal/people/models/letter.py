"""Account mail waiting to go out: invitations, password resets, confirmations of an address.

A notice is for a person who can sign in; a letter is for an address, often of somebody who cannot
yet. It is written in the transaction of what it tells, so that a dead mail server costs nothing
but time. Links in it open accounts: the words are sealed with the portal's secret until they are
sent, and then forgotten.
"""

import json
from datetime import datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Self

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import seals
from portal.web.privacy import CONTACT, NONE, WORK

KEPT_FOR = timedelta(days=3)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def seal(words: dict[str, str]) -> str:
    """The words of a letter, readable only with the portal's secret."""
    return seals.seal(json.dumps(words), "letter")


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, at: datetime | None = None) -> Self:
        return self.waiting().filter(due_at__lte=at or timezone.now())

    def claim(self, pk: int, at: datetime | None = None) -> "Letter | None":
        """The letter, ours to send; None when another worker has it or it has gone.

        A claim is a later due time: if its worker dies, the letter comes due again by itself.
        """
        at = at or timezone.now()
        letter = self.due(at).filter(pk=pk).first()
        if letter is None:
            return None
        wait = min(FIRST_WAIT * 2**letter.attempts, LONGEST_WAIT)
        claimed = self.filter(pk=pk, due_at=letter.due_at, attempts=letter.attempts).waiting()
        if not claimed.update(due_at=at + wait, attempts=F("attempts") + 1):
            return None
        letter.refresh_from_db()
        return letter


class Letter(models.Model):
    """One mail to one address. `sealed` holds its words until it has gone or is given up."""

    privacy = {
        "id": NONE,
        "to": CONTACT,
        "sealed": CONTACT,
        "message_id": NONE,
        "created_at": WORK,
        "due_at": WORK,
        "expires_at": WORK,
        "attempts": WORK,
        "sent_at": WORK,
        "given_up_at": WORK,
    }

    to = models.EmailField()
    sealed = models.TextField(blank=True)
    message_id = models.CharField(max_length=200)  # the same at each attempt
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, given_up_at=None) | Q(sealed=""),
                name="people_letter_forgets_its_words",
                violation_error_message=_("Empty the words of a letter that has gone."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None),
                name="people_letter_sent_or_given_up",
                violation_error_message=_("A letter is sent or given up, not both."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="people_letter_waiting",
                condition=Q(sent_at=None, given_up_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @classmethod
    def draft(
        cls,
        *,
        to: str,
        subject: str,
        text: str,
        html: str = "",
        at: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> "Letter":
        """A letter that is not saved yet; of no use after `expires_at` (three days by default)."""
        at = at or timezone.now()
        return cls(
            to=to,
            sealed=seal({"subject": " ".join(subject.split()), "text": text, "html": html}),
            message_id=make_msgid(domain=settings.PUBLIC_HOST.split(":")[0]),
            created_at=at,
            due_at=at,
            expires_at=expires_at or at + KEPT_FOR,
        )

    def send(self, connection: BaseEmailBackend | None = None) -> bool:
        """Send what was claimed; whether it has gone.

        A mail server that is away leaves it waiting. One that refuses the address for good, a
        secret that was changed, and time gone by end it.
        """
        now = timezone.now()
        if self.expires_at <= now:
            self._give_up(now)
            return False
        try:
            message = self._message(connection)
            message.send()
        except (SMTPRecipientsRefused, SMTPResponseException, InvalidToken) as refusal:
            if _is_final(refusal):
                self._give_up(now)
            return False
        except OSError:
            return False
        self.sent_at, self.sealed = now, ""
        self.save(update_fields=["sent_at", "sealed"])
        return True

    def _message(self, connection: BaseEmailBackend | None) -> EmailMultiAlternatives:
        words: dict[str, Any] = json.loads(seals.unseal(self.sealed, "letter"))
        message = EmailMultiAlternatives(
            words["subject"],
            words["text"],
            to=[self.to],
            headers={"Message-ID": self.message_id, "Auto-Submitted": "auto-generated"},
            connection=connection,
        )
        if words["html"]:
            message.attach_alternative(words["html"], "text/html")
        return message

    def _give_up(self, at: datetime) -> None:
        self.given_up_at, self.sealed = at, ""
        self.save(update_fields=["given_up_at", "sealed"])


def _is_final(refusal: Exception) -> bool:
    """Whether trying again is of no use: SMTP's 5xx is for good, 4xx is for now (RFC 5321)."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in refusal.recipients.values())
    if isinstance(refusal, SMTPResponseException):
        # A refusal of our own sign-in (535) is ours to mend: the letter waits.
        return refusal.smtp_code >= 500 and refusal.smtp_code not in {530, 534, 535, 538}
    return True
