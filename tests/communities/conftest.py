"""Counting what a page costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries_of():
    """How many queries a page takes: `queries_of(as_admin, "/communities/")`."""

    def count(client, url: str) -> int:
        client.get(url)  # what is remembered for the process is not the page's
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count
