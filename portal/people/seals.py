"""What the database keeps and nobody but the portal may read: sealed with its secret.

A stolen backup without SECRET_KEY opens no letter and makes no second factor.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str, purpose: str) -> str:
    """The text, readable only with the portal's secret, for one `purpose`."""
    return _seals(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken when no secret of ours opens it."""
    return _seals(purpose).decrypt(sealed.encode()).decode()


def _seals(purpose: str) -> MultiFernet:
    """The newest secret seals; older ones (SECRET_KEY_FALLBACKS) still open."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{s}".encode()).digest()))
            for s in secrets
        ]
    )
