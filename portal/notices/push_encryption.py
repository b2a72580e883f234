"""Pure: what only one browser can read (RFC 8291, in the content coding of RFC 8188).

A push service carries our notices and is somebody else's: what it is given is encrypted for the
browser that subscribed. Written here on `cryptography`, which we have: the library at hand
(pywebpush) brings two HTTP clients along, and we need one request. The examples of both RFCs are
the test.
"""

import base64
import secrets
import struct
from functools import cached_property

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096  # octets of the one record that we write
LAST = b"\x02"  # its end: no other follows
MOST = 3000  # octets of text: push services take 4096 in all


class Recipient:
    """A browser's public key and its secret, as it hands them over. ValueError if they are none."""

    def __init__(self, p256dh: str, auth: str) -> None:
        self.point, self.secret = unpack(p256dh), unpack(auth)
        if len(self.secret) != 16:
            raise ValueError("The secret has 16 octets.")
        self.key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.point)

    def encrypt(
        self,
        text: bytes,
        *,
        ours: ec.EllipticCurvePrivateKey | None = None,
        salt: bytes | None = None,
    ) -> bytes:
        """What to post. The key and the salt are fresh each time; tests pass those of the RFC."""
        if len(text) > MOST:
            raise ValueError("Too long for a push service.")
        ours = ours or ec.generate_private_key(ec.SECP256R1())
        point = point_of(ours)
        shared = ours.exchange(ec.ECDH(), self.key)
        about = b"WebPush: info\x00" + self.point + point
        return encrypt(text, _derive(shared, self.secret, about, 32), salt=salt, key_id=point)


def encrypt(text: bytes, key: bytes, *, salt: bytes | None = None, key_id: bytes = b"") -> bytes:
    """One record of aes128gcm (RFC 8188), with its header."""
    salt = salt or secrets.token_bytes(16)
    content = AESGCM(_derive(key, salt, b"Content-Encoding: aes128gcm\x00", 16))
    nonce = _derive(key, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + struct.pack("!IB", RECORD, len(key_id)) + key_id
    return header + content.encrypt(nonce, text + LAST, None)


class Sender:
    """The portal's own key pair: push services know us by it (RFC 8292)."""

    def __init__(self, private: str) -> None:
        """From 32 octets in base64url. ValueError when they are no key."""
        octets = unpack(private)
        if len(octets) != 32:
            raise ValueError("A private key has 32 octets.")
        self.key = ec.derive_private_key(int.from_bytes(octets), ec.SECP256R1())

    @cached_property
    def public(self) -> str:
        """As a browser wants it when it subscribes."""
        return pack(point_of(self.key))

    def sign(self, words: bytes) -> bytes:
        """ES256: the two numbers, one after the other (RFC 7518, 3.4)."""
        r, s = decode_dss_signature(self.key.sign(words, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)


def pack(octets: bytes) -> str:
    """base64url without padding, as all of this is written."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def unpack(text: str) -> bytes:
    """ValueError for what is not base64url."""
    text = text.strip().rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(key: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=about).derive(key)
