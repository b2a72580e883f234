"""What the database keeps and nobody but the portal may read."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken

from portal.people.seals import seal, unseal


def test_a_seal_opens_for_its_own_purpose_only():
    sealed = seal("quiet", "letter")

    assert "quiet" not in sealed
    assert unseal(sealed, "letter") == "quiet"
    with pytest.raises(InvalidToken):
        unseal(sealed, "second factor")


def test_an_older_secret_still_opens_what_it_sealed(settings):
    settings.SECRET_KEY = "the old one"
    sealed = seal("quiet", "letter")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the old one"]
    assert unseal(sealed, "letter") == "quiet"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        unseal(sealed, "letter")


def test_an_apps_key_is_kept_sealed(cast):
    secret = "JBSWY3DPEHPK3PXP"

    TOTP.activate(cast.facilitator, secret)

    kept = Authenticator.objects.get(user=cast.facilitator)
    assert secret not in str(kept.data)
    assert get_adapter().decrypt(kept.data["secret"]) == secret
