"""The broker, for who watches: it answers within a second or counts as away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from kombu import Connection


@contextmanager
def reached() -> Iterator[Connection]:
    """A connection that stands. Raises whatever a broker that is away says."""
    with Connection(
        settings.CELERY_BROKER_URL,
        connect_timeout=1,
        transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
    ) as kombu:
        kombu.ensure_connection(max_retries=1, timeout=1)
        yield kombu
