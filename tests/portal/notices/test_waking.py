"""A dead broker never breaks a page, nor loses what was written."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal.celery import app
from portal.notices import waking
from portal.notices.models import Delivery
from portal.notices.tasks import sweep
from tests import make as house
from tests.portal.notices.make import TimeToReflect


@pytest.fixture
def dead_broker(monkeypatch):
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    app.pool.force_close_all()
    app.__dict__.pop("amqp", None)
    yield
    app.__dict__.pop("amqp", None)


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_costs_little_and_loses_nothing(dead_broker, caplog):
    agency, people = house.agency(), [house.person() for _ in range(3)]
    begun = time.monotonic()

    with transaction.atomic():
        assert TimeToReflect.tell(people, about=agency) == 3

    assert time.monotonic() - begun < 5  # seconds; 0.1 where nothing else runs
    assert Delivery.objects.due().count() == 3
    assert [record.message for record in caplog.records] == ["notices.broker_away"]


def test_one_transaction_calls_once(db, django_capture_on_commit_callbacks):
    agency = house.agency()

    with django_capture_on_commit_callbacks() as callbacks:
        for _ in range(3):
            TimeToReflect.tell([house.person()], about=agency)

    assert callbacks == [waking.wake]


def test_what_is_due_later_calls_nobody(db, django_capture_on_commit_callbacks):
    later = timezone.now() + timedelta(hours=1)
    with django_capture_on_commit_callbacks() as callbacks:
        TimeToReflect.tell([house.person()], about=house.agency(), due_at=later)

    assert callbacks == []


def test_the_sweep_calls_more_workers_for_more_mail(db, monkeypatch):
    called = []
    monkeypatch.setattr("portal.notices.tasks.wake", called.append)
    monkeypatch.setattr("portal.notices.tasks.A_LOT", 2)
    agency = house.agency()
    sweep()
    assert called == []

    TimeToReflect.tell([house.person() for _ in range(5)], about=agency)
    sweep()

    assert called == [3]
