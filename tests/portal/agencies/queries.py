"""How many queries a page asks. The frame around it grows with the house: pages are compared with
themselves, and held to the house's limit."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 15  # a page


def asked_by(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
