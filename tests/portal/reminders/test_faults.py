"""While reminders go out, whatever carries them is killed: at the end, what was due is what was
sent.

40 reminders in the suite. `FAULTS=full ./run test tests/portal/reminders/test_faults.py -n 0 -s`
takes a quarter of an hour: 20,000 reminders, 500 kills, PostgreSQL itself, and a long pause.
"""

import os
import random
import time
from collections import Counter, defaultdict
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.db.utils import InterfaceError
from django.utils import timezone

from portal.agencies.models import Agency, Position
from portal.notices.models import Delivery, Notice, QuietHours, State
from portal.people.models import User
from portal.recurrence import Recurrence, wall_time
from portal.reminders.models import Occurrence, Rule
from tests import make as house
from tests.mailserver import MailServer
from tests.portal.reminders.engine import Engine
from tests.portal.reminders.make import NEW_YORK, Reflections, TimeToReflect

FULL = os.environ.get("FAULTS") == "full"
RULES, EACH, KILLS = (2000, 10, 500) if FULL else (10, 4, 6)
DUE_WITHIN = 120 if FULL else 1  # seconds
# Ten minutes in earnest: a worker that is paused for longer than its claims last.
CLAIM_LASTS, PAUSE = (10, 600) if FULL else (3, 0)
PROCESSES = (
    ["worker 1", "worker 2", "beat 1", "beat 2", "ticker"] if FULL else ["worker 1", "beat 1"]
)
PACE = 15 if FULL else 1  # seconds to the next kill where nothing goes
PATIENCE = 3000 if FULL else 90  # seconds, on a busy machine


def due_soon(now: datetime) -> dict[int, datetime]:
    """Rules of as many agencies, which come due one after the other; when, by the agency."""
    agencies = Agency.objects.bulk_create(
        Agency(name=f"Agency {n}", time_zone=NEW_YORK) for n in range(RULES)
    )
    people = User.objects.bulk_create(house.unsaved_person() for _ in range(RULES * EACH))
    Position.objects.bulk_create(
        Position(
            person=person, agency=agencies[n // EACH], role="facilitator", since=house.LONG_AGO
        )
        for n, person in enumerate(people)
    )
    QuietHours.objects.bulk_create(QuietHours(person=person, on=False) for person in people)
    due = {}
    for n, agency in enumerate(agencies):
        at = (now + timedelta(seconds=n * DUE_WITHIN / RULES)).replace(microsecond=0)
        daily = Recurrence("FREQ=DAILY", wall_time(at, NEW_YORK), NEW_YORK)
        Rule.plan_for(agency, kind=Reflections.kind, recurrence=daily, at=at - timedelta(minutes=1))
        due[agency.pk] = at
    return due


class Watch:
    """Looks on, and notes whose worker was ever lost: theirs alone may come twice."""

    def __init__(self) -> None:
        self.lost: set[int] = set()  # ids of people
        self.retried = 0

    def settled(self) -> int:
        """How many have come to an end."""
        try:
            rows = Delivery.objects.exclude(lost=0)
            self.lost |= set(rows.values_list("notice__recipient", flat=True))
            self.send_again()
            return Delivery.objects.filter(state=State.HANDED_OFF).count()
        except (OperationalError, InterfaceError):
            connection.close()  # the database is away
            return 0

    def send_again(self) -> None:
        """As an admin does with a mail whose worker was lost twice."""
        for delivery in Delivery.objects.filter(state=State.GIVEN_UP, reason="lost"):
            self.retried += delivery.retry()


def a_fault(engine: Engine, number: int) -> bool:
    """Kill something; whether it was there to be killed."""
    workers = [name for name in engine.names if name.startswith("worker")]
    often = 25 if FULL else 6  # a worker takes its time to start anew
    if number % often == 5:
        return engine.kill(random.choice(workers))
    if number % often == 3:
        return engine.kill_broker()
    if number % 100 == 34:
        return engine.kill(random.choice(["beat 1", "beat 2"]))
    if number % 3 == 0 and "ticker" in engine.names:
        return engine.kill_a_child("ticker")
    return engine.kill_a_child(random.choice(workers))


def kill_while_they_go(engine: Engine, watch: Watch) -> None:
    """A kill for each so many mails, or each second where none go; until all are sent."""
    total, done, restarted = RULES * EACH, 0, 0
    until = time.monotonic() + PATIENCE
    last_kill, resume_at, paused = time.monotonic(), 0.0, not PAUSE
    while (sent := watch.settled()) < total or resume_at or done < KILLS:
        now = time.monotonic()
        assert now < until, (sent, done, Counter(Delivery.objects.values_list("state", flat=True)))
        behind = min(KILLS, sent * KILLS // total + 1) - done
        if behind > 0 or now > last_kill + PACE:
            for _ in range(min(behind, 4) or 1):
                done += a_fault(engine, done)
            last_kill = now
        if not paused and sent > total // 4:
            engine.pause("worker 1")
            paused, resume_at = True, now + PAUSE
        if resume_at and now > resume_at:
            engine.resume("worker 1")
            resume_at = 0.0
        if restarted < (2 if FULL else 1) and sent > total * (restarted + 1) // 3:
            restarted += 1
            if FULL:
                engine.restart_postgres()
            else:
                engine.cut_off_from_the_database()
        engine.start_what_ended()
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_what_was_due_is_what_was_sent_though_everything_is_killed():
    watch = Watch()
    with MailServer() as post:
        with Engine(post.url, CLAIM_LASTS, PROCESSES) as engine:
            engine.wait_until_up(PATIENCE)
            due = due_soon(timezone.now())
            kill_while_they_go(engine, watch)
        ids = defaultdict(list)
        for message in post.messages:
            ids[str(message["To"])].append(str(message["Message-ID"]))

    wanted = {
        (person, agency, due[agency])
        for person, agency in Position.objects.values_list("person", "agency")
    }
    noticed = Notice.objects.filter(kind=TimeToReflect.kind)
    told = list(noticed.values_list("recipient", "subject_id", "due_at"))
    emails = dict(User.objects.values_list("email", "pk"))
    twice = {emails[email] for email, each in ids.items() if len(each) > 1}
    print(
        f"\n{len(wanted)} due; {len(told)} noticed; {len(ids)} people got a mail;"
        f" {sum(len(each) - 1 for each in ids.values())} repeats, all with the Message-ID of the"
        f" first; {len(watch.lost)} claims lost, {watch.retried} sent again by an admin;"
        f" killed: {sum(engine.killed.values())} {engine.killed};"
        f" ended and started again: {Counter(engine.ended)}"
    )
    assert len(wanted) == RULES * EACH
    assert set(told) == wanted and len(told) == len(wanted)  # none lost, none twice
    assert set(ids) == set(emails)
    assert all(len(set(each)) == 1 for each in ids.values())
    assert len({each[0] for each in ids.values()}) == len(wanted)
    assert twice <= watch.lost  # only what was in flight when its worker was lost
    made = sorted(Occurrence.objects.values_list("rule", "outcome", "told"))
    rules = sorted(Rule.objects.values_list("pk", flat=True))
    assert made == [(rule, "told", EACH) for rule in rules]
