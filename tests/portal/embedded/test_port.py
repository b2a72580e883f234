"""A taken port is stepped over; one that was asked for is not."""

import socket

import pytest

from portal.embedded import port
from portal.embedded.trouble import Trouble


def test_the_next_free_port_is_taken(monkeypatch):
    with port.listen("127.0.0.1", None) as first:
        monkeypatch.setattr(port, "FIRST", first.getsockname()[1])
        with port.listen("127.0.0.1", None) as second:
            assert second.getsockname()[1] > first.getsockname()[1]


def test_every_port_is_taken(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(port, "FIRST", taken.getsockname()[1])
        monkeypatch.setattr(port, "TRIES", 1)
        with pytest.raises(Trouble, match="PORT=9000"):
            port.listen("127.0.0.1", None)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such.invalid"])
def test_a_host_that_is_not_here_is_named(host):
    with pytest.raises(Trouble, match=f"HOST is '{host}'"):
        port.listen(host, None)
