"""Work goes to a worker after the commit; a dead broker costs nothing but time."""

import pytest
from django.db import transaction

from portal.celery import app
from portal.people import letters
from portal.people.background import after_commit
from portal.people.models import Letter


@pytest.fixture
def sent(monkeypatch):
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **how: sent.append((name, args)))
    return sent


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_before_the_commit_or_without_one(sent):
    with transaction.atomic():
        after_commit("some.task", 1)
        assert sent == []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        after_commit("some.task", 2)
        1 / 0  # noqa: B018

    assert sent == [("some.task", (1,))]


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_breaks_nothing_and_the_letter_stays(monkeypatch, caplog):
    def away(*args, **how):
        raise ConnectionRefusedError

    monkeypatch.setattr(app, "send_task", away)
    letter = Letter.draft(to="mara@example.org", subject="Hello", text="A link")
    with transaction.atomic():
        letter.save()
        letters.hand_over([letter])

    assert list(Letter.objects.due()) == [letter]
    assert [record.message for record in caplog.records] == ["background.broker_away"]


def test_the_tasks_handed_over_exist():
    app.loader.import_default_modules()

    assert {
        "portal.people.tasks.deliver_letter",
        "portal.agencies.tasks.import_rosters",
        "portal.agencies.tasks.write_invitations",
        "portal.agencies.tasks.carry_out_departures",
        "portal.agencies.tasks.end_lapsed_access",
        "portal.agencies.tasks.forget_rosters",
        "portal.people.tasks.sweep_letters",
    } <= set(app.tasks)
