"""/metrics and the status page: how the engine is doing, for programs and for admins."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.celery import TICKS
from portal.notices.models import Delivery, Heartbeat, State
from portal.notices.models.heartbeat import SILENCE
from portal.reminders.kinds import kinds
from portal.reminders.models import Rule
from tests import make as house
from tests.portal.reminders import make

TOKEN = {"Authorization": "Bearer of-the-watchman"}


@pytest.fixture(autouse=True)
def _token(settings, monkeypatch):
    settings.METRICS_TOKEN = "of-the-watchman"
    monkeypatch.setitem(kinds, make.Reflections.kind, make.Reflections)


def read(client: Client) -> dict[str, str]:
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return dict(line.rsplit(" ", 1) for line in lines)


@pytest.fixture
def outbox(cast):
    """One waits for 90 seconds, one for a decent hour, one is held; one went, one failed, one was
    held back: now, and another an hour ago."""
    now = timezone.now()
    people = [house.person(f"Person {n}") for n in range(7)]
    make.TimeToReflect.tell(people, about=cast.northside.agency, due_at=now)
    rows = list(Delivery.objects.order_by("pk"))
    changes = [
        {"next_try_at": now - timedelta(seconds=90)},
        {"next_try_at": now + timedelta(hours=3)},
        {"state": State.CLAIMED, "claimed_at": now, "next_try_at": None},
        {"state": State.HANDED_OFF, "settled_at": now, "next_try_at": None},
        {"state": State.BOUNCED, "settled_at": now, "next_try_at": None},
        {"state": State.SUPPRESSED, "reason": "read", "settled_at": now, "next_try_at": None},
        {
            "state": State.HANDED_OFF,
            "settled_at": now - timedelta(hours=1),
            "next_try_at": None,
        },
    ]
    for row, change in zip(rows, changes, strict=True):
        Delivery.objects.filter(pk=row.pk).update(**change)
    return now


def test_a_watchman_with_the_token_reads_every_figure(client, outbox, cast):
    Rule.objects.filter(pk=make.rule(cast.northside.agency).pk).update(
        next_due_at=outbox - timedelta(seconds=30), failures=2
    )
    Heartbeat.beat("tick")
    Heartbeat.beat("worker", at=outbox - timedelta(minutes=4))

    figures = read(client)

    late = float(figures.pop("trellis_outbox_oldest_due_seconds"))
    assert 90 <= late < 150
    assert 30 <= float(figures.pop("trellis_rules_oldest_due_seconds")) < 90
    assert float(figures.pop('trellis_heartbeat_age_seconds{part="tick"}')) < 60
    assert 240 <= float(figures.pop('trellis_heartbeat_age_seconds{part="worker"}')) < 300
    assert float(figures.pop("trellis_queue_messages")) >= 0
    assert figures == {
        "trellis_outbox_due": "1",
        "trellis_outbox_later": "1",
        "trellis_outbox_claimed": "1",
        "trellis_mails_sent_per_minute": "1",
        "trellis_mails_failed_per_minute": "1",
        "trellis_mails_held_back_per_minute": "1",
        "trellis_rules_due": "1",
        "trellis_rules_failing": "1",
        'trellis_heartbeat_age_seconds{part="sweep"}': "NaN",
        'trellis_stuck{part="tick"}': "0",
        'trellis_stuck{part="sweep"}': "1",
        'trellis_stuck{part="worker"}': "1",
    }


def test_each_name_has_its_help_and_type_once_and_nobody_is_named(client, outbox):
    text = client.get("/metrics", headers=TOKEN).content.decode()

    said = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    values = [line.split("{")[0].split()[0] for line in text.splitlines() if line[0] != "#"]
    assert len(said) == len(set(said))
    assert set(said) == set(values)
    assert text.endswith("\n")
    assert "Person" not in text and "example" not in text and "Northside" not in text


@pytest.mark.parametrize("given", ["Bearer of-the-night", "Bearer ", "of-the-watchman"])
def test_a_wrong_token_is_refused(client, db, given):
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 401


def test_without_a_token_in_the_settings_no_token_opens_it(client, db, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401


def test_who_runs_operations_reads_both(client, db):
    client.force_login(house.person("Operator", is_staff=True))

    assert client.get("/metrics").status_code == 200
    assert client.get("/status/").status_code == 200


def test_a_dead_broker_is_a_figure_that_is_not_known(client, db, settings, as_admin):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    assert read(client)["trellis_queue_messages"] == "NaN"
    assert "the broker does not answer" in as_admin.get("/status/").content.decode()


def test_a_stuck_tick_is_shown_to_admins(as_admin):
    for part in SILENCE:
        Heartbeat.beat(part)
    assert "Everything runs." in as_admin.get("/status/").content.decode()

    Heartbeat.beat("tick", at=timezone.now() - timedelta(minutes=5))

    shown = as_admin.get("/status/").content.decode()
    assert "Everything runs." not in shown
    assert shown.count("not been heard from") == 1


def test_the_status_costs_few_queries_whatever_waits(
    as_admin, outbox, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        as_admin.get("/status/")


@pytest.mark.parametrize("name", SILENCE)
def test_nothing_counts_as_stuck_before_two_of_its_intervals(name):
    every = {"tick": "tick", "sweep": "sweep", "worker": "heartbeat"}[name]

    assert SILENCE[name] >= timedelta(seconds=2 * TICKS[every][1])


def test_admins_are_told_on_their_pages_that_the_tick_stands_still(cast, as_admin, as_facilitator):
    words = "Reminders and mail have stopped"

    def pages(client):
        return [client.get("/").content.decode(), client.get("/status/").content.decode()]

    for name in SILENCE:
        Heartbeat.beat(name)
    assert words not in pages(as_admin)[0]
    Heartbeat.beat("tick", timezone.now() - 2 * SILENCE["tick"])

    assert words in pages(as_admin)[0]
    for path in (
        f"/agencies/{cast.northside.agency.pk}/people/",
        f"/reminders/{cast.northside.agency.pk}/coming/",
    ):
        assert words in as_admin.get(path).content.decode()
    with CaptureQueriesContext(connection) as captured:
        assert words not in as_facilitator.get("/").content.decode()
    assert not [q for q in captured if "notices_heartbeat" in q["sql"]]
