"""/healthz and /readyz: what a load balancer and a watchman ask."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.notices.models import Heartbeat


def test_a_process_that_answers_is_healthy_whatever_lies_behind_it(client):
    # No `db` fixture: a query would fail the test.
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_everything_behind_it_answers(client, db):
    Heartbeat.beat("worker")
    Heartbeat.beat("tick")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "ready": True,
            "database": "ok",
            "migrations": "ok",
            "broker": "ok",
            "worker": "ok",
            "tick": "ok",
        },
    )


def test_a_worker_that_was_never_heard_from_is_told(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["worker"] == "no worker has been heard from yet"


def test_a_worker_that_fell_silent_is_told_with_the_seconds(client, db):
    Heartbeat.beat("worker", at=timezone.now() - timedelta(minutes=4))

    assert client.get("/readyz").json()["worker"] == "last heard from 240 s ago"


def test_a_tick_that_stands_still_is_told_though_workers_work(client, db):
    Heartbeat.beat("worker")
    Heartbeat.beat("tick", at=timezone.now() - timedelta(minutes=4))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["worker"]) == (503, "ok")
    assert answer.json()["tick"] == "last heard from 240 s ago"


def test_a_dead_broker_is_told_and_pages_go_on(client, db, settings, as_facilitator):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    assert client.get("/readyz").json()["broker"] == "does not answer"
    assert as_facilitator.get("/").status_code == 200


def test_a_database_that_does_not_answer_is_told(monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("refused")

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = Client().get("/readyz").json()

    assert (answer["database"], answer["migrations"]) == ("does not answer", "does not answer")


def test_a_migration_that_waits_is_told(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")

    assert "to apply: run manage.py migrate" in client.get("/readyz").json()["migrations"]
