"""Celery sends the members a reminder once at the right time: real Postgres, broker, workers and
mail server."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from portal.celery import TICKS
from portal.notices.models import Delivery, Heartbeat, QuietHours, State
from portal.people.models import User
from portal.recurrence import Recurrence, wall_time
from portal.reminders.models import Occurrence, Rule
from tests import make as house
from tests.mailserver import MailServer
from tests.portal.reminders.make import NEW_YORK, Reflections
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)

MEMBERS = 12
PATIENCE = 60  # seconds


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def workers(post) -> Iterator[Workers]:
    with Workers(post.url, "tests.portal.reminders.worker_kinds") as workers:
        yield workers


def rule_due_now() -> Rule:
    """An agency of twelve, whom a daily rule reminds half an hour ahead: at this moment."""
    agency = house.agency()
    for _ in range(MEMBERS):
        member = house.person()
        house.position(member, agency)
        QuietHours.objects.create(person=member, on=False)  # the suite runs at night too
    now = timezone.now()
    starts = wall_time(now + timedelta(minutes=30), NEW_YORK)
    return Rule.plan_for(
        agency,
        kind=Reflections.kind,
        recurrence=Recurrence("FREQ=DAILY", starts, NEW_YORK),
        minutes_before=30,
        at=now - timedelta(minutes=1),
    )


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"after {PATIENCE} s: {list(Delivery.objects.values())}"
        time.sleep(0.1)


def all_sent() -> bool:
    return Delivery.objects.filter(state=State.HANDED_OFF).count() == MEMBERS


def everyone() -> dict[str, int]:
    return dict.fromkeys(User.objects.values_list("email", flat=True), 1)


def test_three_ticks_and_two_workers_send_each_member_one_mail(post, workers):
    rule = rule_due_now()
    asked_at = timezone.now()
    workers.start()
    workers.start()

    workers.call("reminders.tick", times=3)
    wait_until(all_sent)
    # Whatever else they may be asked changes nothing.
    workers.call("reminders.tick", times=2)
    workers.call("notices.sweep")
    workers.call("notices.deliver", times=2)
    workers.call("reminders.heartbeat")
    wait_until(lambda: Heartbeat.age("worker") is not None)

    assert post.received() == everyone()
    assert len({message["Message-ID"] for message in post.messages}) == MEMBERS
    assert list(Occurrence.objects.values_list("outcome", "told")) == [("told", MEMBERS)]
    rule.refresh_from_db()
    assert rule.next_due_at > datetime.now(asked_at.tzinfo) + timedelta(hours=22)


def test_a_worker_killed_while_sending_loses_no_mail(post, workers):
    """The server took the mail, and the worker died before it could write that down."""
    rule_due_now()
    post.holds.set()
    dying = workers.start(concurrency=1)
    workers.call("reminders.tick")
    assert post.holding.wait(PATIENCE)

    workers.kill(dying)
    post.let_go()
    claimed = Delivery.objects.filter(state=State.CLAIMED)
    first = claimed.order_by("pk")[0]
    unsure = first.notice.recipient.email
    claimed.update(claimed_at=timezone.now() - settings.CLAIM_LASTS)
    workers.start()
    workers.call("notices.sweep")
    wait_until(all_sent)

    assert post.received() == everyone() | {unsure: 2}
    assert len(set(post.ids(unsure))) == 1  # seen as the same mail
    # Mails are marked by ten: those of its batch count as lost with it, and then go one by one.
    lost = list(Delivery.objects.exclude(lost=0).order_by("pk").values_list("pk", flat=True))
    assert lost[0] == first.pk
    assert len(lost) <= 10


def test_what_keeps_time_does_not_wait_behind_a_large_mailing(post, workers):
    """The calls of a mailing stand in another line, and the worker serves both in turn."""
    rule_due_now()
    Delivery.objects.all().delete()
    workers.call("notices.deliver", times=40)
    workers.call("reminders.tick", queue=f"{workers.queue}-first")
    workers.start(concurrency=1)

    wait_until(lambda: Heartbeat.age("tick") is not None)

    with workers.broker() as broker:
        assert broker.default_channel.queue_declare(workers.queue, passive=True).message_count > 30


def test_beat_sends_what_keeps_time_to_the_line_that_is_served_first():
    routes = settings.CELERY_TASK_ROUTES

    assert {name: route["queue"] for name, route in routes.items()} == dict.fromkeys(
        ["reminders.tick", "reminders.heartbeat", "notices.sweep"],
        f"{settings.CELERY_TASK_DEFAULT_QUEUE}-first",
    )
    assert set(routes) <= {task for task, _seconds in TICKS.values()}
