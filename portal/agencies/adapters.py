"""What allauth asks of us: sign-up by invitation only, account mail that cannot be lost."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from portal.people import letters
from portal.people.models import Letter
from portal.people.seals import seal, unseal
from portal.web.entrance import ACCOUNT_WORDS, SECOND_FACTOR_WORDS

SECOND_FACTOR = "second factor"  # what the seal of an app's key and of recovery codes is for


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar = DefaultAccountAdapter.error_messages | ACCOUNT_WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Keep the mail in the outbox rather than send it: a mail server that is away breaks no
        page, and one that is slow does not tell an address that exists from one that does not."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        html = next(iter(getattr(message, "alternatives", [])), ("", ""))[0]
        letter = Letter.draft(
            to=email, subject=str(message.subject), text=str(message.body), html=str(html)
        )
        letter.save()
        letters.hand_over([letter])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names our portal to authenticator apps and passkeys (MFA_TOTP_ISSUER)."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | SECOND_FACTOR_WORDS

    def encrypt(self, text: str) -> str:
        return seal(text, SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, SECOND_FACTOR)
