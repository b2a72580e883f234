"""A push service on this machine: it keeps what it is given, and opens it as the browser would."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.portal.notices.make import AUTH, BROWSERS_KEY


class PushService:
    """`with PushService() as service: service.url`; `service.answers[path] = 410`."""

    def __enter__(self) -> "PushService":
        self.answers: dict[str, int] = {}
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.got.append((self.path, headers, content))
                self.send_response(service.answers.get(self.path, 201))
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def said(self) -> list[dict[str, str]]:
        """What the browser reads."""
        return [json.loads(opened(content)) for _path, _headers, content in self.got]


def octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def derived(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(key)


def opened(content: bytes) -> bytes:
    """Written from the RFCs by the browser's side, and not from our code."""
    salt, size, length = content[:16], int.from_bytes(content[16:20]), content[20]
    theirs, record = content[21 : 21 + length], content[21 + length :]
    assert len(record) <= size <= 4096
    mine = ec.derive_private_key(int.from_bytes(octets(BROWSERS_KEY)), ec.SECP256R1())
    numbers = mine.public_key().public_numbers()
    own = b"\x04" + numbers.x.to_bytes(32) + numbers.y.to_bytes(32)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    shared = mine.exchange(ec.ECDH(), public)
    key = derived(shared, octets(AUTH), b"WebPush: info\0" + own + theirs, 32)
    content_key = derived(key, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(key, salt, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(content_key).decrypt(nonce, record, None).rstrip(b"\0")
    assert plain[-1:] == b"\x02"  # the last record
    return plain[:-1]


def claims(authorization: str) -> dict[str, Any]:
    """What a push service checks of `vapid t=…, k=…`: the signature first."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, body, mark = given["t"].split(".")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), octets(given["k"]))
    r, s = octets(mark)[:32], octets(mark)[32:]
    signature = utils.encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    key.verify(signature, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(octets(head)) == {"typ": "JWT", "alg": "ES256"}
    found: dict[str, Any] = json.loads(octets(body))
    return found
