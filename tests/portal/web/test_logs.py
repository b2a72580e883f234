"""Logs are JSON with a request id, and hold nothing that anyone wrote."""

import json
import logging
import sys

from django.db import IntegrityError
from django.test import Client

from portal.web.logs import JsonFormatter, PlainFormatter
from tests import make


def line_of(**fields) -> dict:
    record = logging.makeLogRecord({"name": "trellis", "levelname": "INFO", "msg": "x"} | fields)
    return json.loads(JsonFormatter().format(record))


def test_a_line_is_one_json_object_with_facts_only():
    line = line_of(msg="request", route="home:today.index", status=200, person="Amara")

    assert line == {
        "at": line["at"],
        "level": "info",
        "logger": "trellis",
        "event": "request",
        "route": "home:today.index",
        "status": 200,
    }


def test_the_console_of_development_shows_the_facts_behind_the_words():
    record = logging.makeLogRecord(
        {"name": "trellis.request", "levelname": "INFO", "msg": "request", "route": "home:x"}
    )
    record.status = 200

    assert PlainFormatter().format(record) == "I trellis.request: request route=home:x status=200"


def test_an_errors_words_are_left_out_and_its_place_is_kept(db):
    make.person(email="amara@example.org")
    try:
        make.person(email="amara@example.org")
    except IntegrityError:
        line = line_of(msg="broken", exc_info=sys.exc_info())

    assert line["error"] == "IntegrityError"
    assert any("tests/make.py" in place for place in line["where"])
    assert "amara" not in json.dumps(line)


def test_a_library_that_fills_values_in_is_held_to_its_template():
    line = line_of(name="django.request", msg="Not Found: %s", args=("/people/token-1/",))

    assert line["event"] == "Not Found: %s"


def test_every_answer_carries_a_request_id(db):
    ours = Client().get("/healthz")
    theirs = Client().get("/healthz", headers={"X-Request-ID": "proxy-12345678"})
    forged = Client().get("/healthz", headers={"X-Request-ID": 'x" evil\n'})

    assert len(ours["X-Request-ID"]) == 32
    assert theirs["X-Request-ID"] == "proxy-12345678"
    assert len(forged["X-Request-ID"]) == 32


def test_a_request_is_logged_by_its_route_and_not_by_its_path(client, caplog):
    with caplog.at_level(logging.INFO, "trellis.request"):
        client.get("/?next=/secret/")

    (record,) = caplog.records
    assert (record.route, record.method) == ("home:today.index", "GET")
    assert "secret" not in JsonFormatter().format(record)
