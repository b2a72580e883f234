"""allauth's own forms in our words: what one fills in to sign in and to guard an account.

Settings name them in ACCOUNT_FORMS and MFA_FORMS. Only labels, hints and looks change here.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.web.forms import dress

NEW_PASSWORD_HINT = _("Ten characters or more. Three or four plain words are good.")
CODE_HINT = _("Six digits from your authenticator app.")
# What allauth says is wrong, by its own codes: each says what to do.
_TOO_MANY = _(
    "That was tried too often. Wait five minutes and try again, or choose a new password under "
    "“I forgot my password”."
)
_TAKEN = _("This address is in use already. Enter another one.")
_ANOTHER_CODE = _(
    "That code did not work. Enter the newest code from the app, or a recovery code "
    "that you have not used."
)
ACCOUNT_WORDS: dict[str, str | Promise] = {
    "account_inactive": _(
        "Your access has ended. Ask an admin of your agency to invite you again."
    ),
    "cannot_remove_primary_email": _("Make another address the main one first; then remove this."),
    "duplicate_email": _("You have this address already. Enter another one."),
    "email_password_mismatch": _(
        "That email and password do not match. Check both and try again, or choose a "
        "new password under “I forgot my password”."
    ),
    "email_taken": _TAKEN,
    "enter_current_password": _("That is not your current password. Enter it again."),
    "incorrect_code": _ANOTHER_CODE,
    "incorrect_password": _("That is not your password. Enter it again."),
    "invalid_or_expired_key": _("This link has been used or is too old. Ask for a new one."),
    "invalid_login": _("Enter your email address."),
    "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    "max_email_addresses": _(
        "You have %d addresses, which is the most you can have. Remove one first."
    ),
    "too_many_login_attempts": _TOO_MANY,
    "unknown_email": _("Nobody here has this address. Enter the one your invitation came to."),
    "unverified_primary_email": _("Open the link in our email to confirm your main address first."),
    "select_only_one": _("Choose one of them."),
    "same_as_current": _("Enter something other than what you have now."),
    "rate_limited": _TOO_MANY,
}
SECOND_FACTOR_WORDS: dict[str, str | Promise] = {
    "add_email_blocked": _("Turn off your second factor first; then add the address."),
    "cannot_delete_authenticator": _("Your agency asks for a second factor. Set up another first."),
    "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
    "incorrect_code": _ANOTHER_CODE,
    "unverified_email": _("Open the link in our email to confirm your address first."),
}
_NOT_THE_SAME = _("These two are not the same. Type the password once more.")
Words = tuple[str | Promise, str | Promise]


class _InOurWords:
    """`words` gives a field its label and hint. Placeholders go: they vanish when one types."""

    words: ClassVar[dict[str, Words]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            dress(field, name)


class SignIn(_InOurWords, account.LoginForm):
    words: ClassVar = {
        "login": (_("Email"), ""),
        "password": (_("Password"), ""),
        "remember": (_("Keep me signed in on this device"), _("Only where nobody else uses it.")),
    }


class _TwiceTheSame:
    """A new password is typed twice."""

    def add_error(self, field: str | None, error: Any) -> None:
        twice = field == "password2" and isinstance(error, str | Promise)
        super().add_error(field, _NOT_THE_SAME if twice else error)  # type: ignore[misc]


class ForgotPassword(_InOurWords, account.ResetPasswordForm):
    words: ClassVar = {"email": (_("Email"), "")}


class NewPasswordFromLink(_TwiceTheSame, _InOurWords, account.ResetPasswordKeyForm):
    words: ClassVar = {
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }


class ChangePassword(_TwiceTheSame, _InOurWords, account.ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": (_("Current password"), ""),
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }


class SetPassword(_TwiceTheSame, _InOurWords, account.SetPasswordForm):
    words: ClassVar = {
        "password1": (_("Password"), NEW_PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }


class AddAddress(_InOurWords, account.AddEmailForm):
    words: ClassVar = {"email": (_("Email"), _("We send a link there to see that it is yours."))}


class StillYou(_InOurWords, account.ReauthenticateForm):
    words: ClassVar = {"password": (_("Password"), "")}


class SecondProof(_InOurWords, mfa.AuthenticateForm):
    words: ClassVar = {
        "code": (_("Code"), _("Six digits from your authenticator app, or a recovery code."))
    }


class StillYouByCode(_InOurWords, mfa.ReauthenticateForm):
    words: ClassVar = {"code": (_("Code"), CODE_HINT)}


class SetUpApp(_InOurWords, totp.ActivateTOTPForm):
    words: ClassVar = {"code": (_("Code"), CODE_HINT)}


class AddPasskey(_InOurWords, webauthn.AddWebAuthnForm):
    words: ClassVar = {
        "credential": (_("Passkey"), ""),
        "name": (_("What do you call it?"), _("“My phone”, say. You can change it later.")),
        "passwordless": (_("Use it in place of the password, too"), ""),
    }


class RenamePasskey(_InOurWords, webauthn.EditWebAuthnForm):
    words: ClassVar = {"name": (_("What do you call it?"), "")}
