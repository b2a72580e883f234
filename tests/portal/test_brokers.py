"""One URL changes the broker: Redis behind a password and TLS, for tasks and for the cache.

RabbitMQ has no server here: of it, the settings are tested.
"""

import datetime
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.cache.backends.redis import RedisCache
from kombu import Connection
from kombu.exceptions import OperationalError

from portal.environment import Environment
from tests.portal.test_environment import PRODUCTION, ROOT

REDIS = shutil.which("redis-server")  # Debian's speaks TLS; the embedded one does not


def certificate(folder: Path) -> list[str]:
    """One that vouches for itself, for this machine; as redis-server's options."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - day, now + day)
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return [
        *("--tls-cert-file", str(folder / "ca.pem"), "--tls-key-file", str(folder / "key.pem")),
        *("--tls-ca-cert-file", str(folder / "ca.pem"), "--tls-auth-clients", "no"),
    ]


@pytest.fixture
def server(tmp_path) -> Iterator[int]:
    """A Redis that takes TLS alone, and a password; its port."""
    if REDIS is None:
        pytest.skip("no redis-server here")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", "0", "--tls-port", str(port), "--requirepass", "s@fe", "--save", ""]
    command = [REDIS, *options, *certificate(tmp_path), "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port
    process.kill()
    process.wait()


def carry(url: str) -> object:
    """Put a message into the broker of the URL, as the settings have it, and take it out."""
    broker = Environment({"REDIS_URL": url}).broker("REDIS_URL", "")
    with Connection(broker, transport_options={"socket_connect_timeout": 5}) as kombu:
        kombu.ensure_connection(max_retries=1, timeout=5)
        queue = kombu.SimpleQueue("letters")
        queue.put({"mail": 7})
        return queue.get(timeout=5).payload


def test_redis_behind_a_password_and_tls_carries_tasks_and_the_cache(server, tmp_path):
    url = f"rediss://:s%40fe@127.0.0.1:{server}/0?ssl_ca_certs={tmp_path}/ca.pem"

    assert carry(url) == {"mail": 7}
    cache = RedisCache(url, {})
    cache.set("word", "kept")
    assert cache.get("word") == "kept"
    cache.close()


@pytest.mark.parametrize(
    "url",
    [
        "rediss://:s%40fe@127.0.0.1:{port}/0",  # nobody vouches for its certificate
        "rediss://:wrong@127.0.0.1:{port}/0?ssl_ca_certs={folder}/ca.pem",
        "rediss://127.0.0.1:{port}/0?ssl_ca_certs={folder}/ca.pem",
    ],
)
def test_a_stranger_and_a_wrong_password_are_refused(server, tmp_path, url):
    with pytest.raises((OperationalError, redis.exceptions.RedisError)):
        carry(url.format(port=server, folder=tmp_path))


def test_rabbitmq_by_changing_one_url():
    """What is said to Redis alone is not said to it; all else that keeps tasks stays."""
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=PRODUCTION
        | {"PATH": os.environ["PATH"], "BROKER_URL": "amqps://u:p@rabbit:5671/v"}
        | MODULE,
        capture_output=True,
        text=True,
    )

    assert told.stdout.split() == ["amqps", "rabbit", "5671", "v", "{}", "True", "trellis"], told


MODULE = {"DJANGO_SETTINGS_MODULE": "portal.settings"}
ASK = """
import django; django.setup()
from portal.celery import app
with app.connection_for_write() as c:
    print(c.uri_prefix or c.transport_cls, c.hostname, c.port, c.virtual_host, c.transport_options,
          app.conf.task_acks_late, app.conf.task_default_queue)
"""
