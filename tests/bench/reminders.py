"""Reminders: 100,000 rules due in the same minute, a tick with nothing due, mails a second; and
beside it, in the same run, a beat that keeps its schedule as entries.

Issue 6. Written by SQL: at a million rows builders would take an hour.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from communities.models import Membership
from communities.notices import SessionReminder
from portal.agencies.models import Position
from portal.notices.mail import compose
from portal.notices.models import Delivery, QuietHours, State
from portal.people.models import User
from portal.reminders.models import Occurrence, Rule
from portal.reminders.tick import tick
from tests import make as make_people
from tests.bench.sink import Sink
from tests.bench.table import Figure, Table
from tests.communities import make
from tests.workers import ROOT, address_of_the_test_database

RULES, DUE, EACH = 1_000_000, 100_000, 10
MINUTE = datetime.fromisoformat("2026-11-27T20:00:00+00:00")  # Friday 15:00 in New York
ZONES = {
    "America/New_York": 15,
    "America/Chicago": 14,
    "America/Denver": 13,
    "America/Los_Angeles": 12,
}
ENTRIES, SENT = 10_000, 1_000  # of the other beat: it takes seconds for so many
MAILS, PROCESSES = 3_000, 2

SECONDS, MEGABYTES, IDLE_MS, TIMES_LESS = 120, 500, 10, 20
MAILS_A_SECOND = 300


def measure(table: Table) -> None:
    table.title("Reminders")
    mails_a_second(table)
    other = beside_entries()
    seed()
    nothing_due(table)
    ours = many_due(table)
    table.add(Figure("CPU of a due rule of ours, all it tells", ours * 1000, "ms"))
    table.add(Figure("CPU of a due entry, django-celery-beat", other * 1000, "ms"))
    note = f"{other / ours:.0f} times; {ENTRIES:,} entries there, {RULES:,} rules here"
    table.add(Figure("ours as a part of theirs", ours / other, "times", 1 / TIMES_LESS, note))


def many_due(table: Table) -> float:
    """Seconds of CPU for one rule: work out, find whom it tells, write all, move on."""
    began = time.perf_counter()
    costs = at_once(PROCESSES, "settle", MINUTE.isoformat())
    seconds = time.perf_counter() - began
    written = Delivery.objects.filter(notice__kind="bench.time").count()
    rules = Occurrence.objects.filter(rule__kind="bench.team", outcome="told", told=EACH).count()
    assert (rules, written) == (DUE, DUE * EACH), (rules, written)
    note = f"{DUE:,} rules, {written:,} rows of the outbox, {PROCESSES} processes"
    table.add(Figure("due in one minute: all written", seconds, "s", SECONDS, note))
    for who, words in (("peak", "a tick's process"), ("database_peak", "its PostgreSQL process")):
        peak = max(cost[who] for cost in costs)
        table.add(Figure(f"memory, {words}", peak, "MB", MEGABYTES))
    return sum(cost["cpu"] + cost["database_cpu"] for cost in costs) / DUE


def nothing_due(table: Table) -> None:
    taken = []
    for _round in range(20):
        began = time.perf_counter()
        assert tick(MINUTE - timedelta(minutes=1)).rules == 0
        taken.append((time.perf_counter() - began) * 1000)
    note = f"of {Rule.objects.count():,} rules; the median of 20, {max(taken):.1f} the slowest"
    table.add(Figure("a tick with nothing due", statistics.median(taken), "ms", IDLE_MS, note))


def mails_a_second(table: Table) -> None:
    """Session reminders as they are, beside a loop that only sends; either limit is enough."""
    mail = session_reminders()
    with tempfile.NamedTemporaryFile() as file, Sink() as sink:
        file.write(mail)
        file.flush()
        words = ("bare", file.name, str(MAILS // PROCESSES))
        costs = at_once(PROCESSES, *words, EMAIL_URL=sink.url)
        bare = MAILS / max(cost["seconds"] for cost in costs)
    with Sink() as sink:
        costs = at_once(PROCESSES, "deliver", EMAIL_URL=sink.url)
    sent = Delivery.objects.filter(state=State.HANDED_OFF).count()
    assert (sent, sink.taken) == (MAILS, MAILS), (sent, sink.taken)
    ours = MAILS / max(cost["seconds"] for cost in costs)
    enough = min(MAILS_A_SECOND, bare / 2)
    table.add(Figure("bare smtplib, mails a second", bare, "mails/s"))
    cpu = sum(cost["cpu"] + cost["database_cpu"] for cost in costs) * 1000 / MAILS
    note = f"{ours:.0f} mails a second of {len(mail):,} bytes, {cpu:.1f} ms of CPU each"
    table.add(Figure("a mail, of two processes", 1000 / ours, "ms", 1000 / enough, note))


def session_reminders() -> bytes:
    """MAILS people are to hear of a session, now; what one of them will read."""
    agency = make_people.agency("Mailed")
    community = make.community(agency)
    people = User.objects.bulk_create(make_people.unsaved_person() for _ in range(MAILS))
    since = make_people.LONG_AGO
    Position.objects.bulk_create(
        Position(person=person, agency=agency, role="facilitator", since=since) for person in people
    )
    Membership.objects.bulk_create(
        Membership(person=person, community=community, since=since) for person in people
    )
    QuietHours.objects.bulk_create(QuietHours(person=person, on=False) for person in people)
    Delivery.objects.filter(state=State.PLANNED).delete()  # the demo's
    Delivery.objects.filter(state=State.HANDED_OFF).delete()
    session = make.session(community)
    SessionReminder.tell(people, about=session, due_at=timezone.now())
    analyse()
    delivery = Delivery.objects.select_related("notice__recipient").filter(state="planned")[0]
    composed = compose(delivery, SessionReminder, session)
    return composed.message().as_bytes(linesep="\r\n")


def beside_entries() -> float:
    """Seconds of CPU that django-celery-beat takes to send one due entry of many."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.comparison"}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "django_celery_beat"]
    subprocess.run(migrate, cwd=ROOT, env=surroundings(**settings), check=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_celery_beat_intervalschedule (every, period) VALUES (1, 'days')"
            " RETURNING id"
        )
        [interval] = cursor.fetchone() or ()
        cursor.execute(
            "INSERT INTO django_celery_beat_periodictask (name, task, args, kwargs, headers,"
            " description, one_off, enabled, total_run_count, last_run_at, date_changed,"
            " interval_id) SELECT 'rule ' || n, 'reminders.rule', '[' || n || ']', '{}', '{}', '',"
            " false, true, 0, now() - interval '2 days', now(), %s FROM generate_series(1, %s) n",
            [interval, ENTRIES],
        )
    analyse()
    [cost] = at_once(1, "scheduler", str(SENT), QUEUE="bench-entries", **settings)
    assert cost["sent"] == SENT
    return (cost["cpu"] + cost["database_cpu"]) / SENT


def seed() -> None:
    """A million rules; of those due in the one minute, each is an agency's with ten people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'x'"
            " AND conrelid = 'agencies_position'::regclass"
        )
        for (name,) in cursor.fetchall():  # else a million take an hour; none of these overlap
            cursor.execute(f"ALTER TABLE agencies_position DROP CONSTRAINT {name}")
    agency = make_people.agency("Due")
    person = make_people.person("Due")
    position = make_people.position(person, agency)
    agencies = copies(agency, DUE, name="'Agency due ' || n")
    people = copies(person, DUE * EACH, email="'due' || n || '@example.org'")
    copies(
        position,
        DUE * EACH,
        agency_id=f"{agencies} + (n - 1) / {EACH}",
        person_id=f"{people} + n - 1",
    )
    hours = " ".join(f"WHEN {n} THEN {hour}" for n, hour in enumerate(ZONES.values()))
    zones = " ".join(f"WHEN {n} THEN '{zone}'" for n, zone in enumerate(ZONES))
    rule = Rule.objects.create(
        kind="bench.team",
        owner_type="agencies.agency",
        owner_id=agency.pk,
        rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        starts=datetime(2026, 11, 13, 15),
        zone="America/New_York",
        settled_until=MINUTE - timedelta(days=13),
    )
    copies(
        rule,
        RULES,
        owner_id=f"{agencies} + n - 1",  # those that are not due are of agencies yet to come
        starts=f"timestamp '2026-11-13 00:00' - interval '14 days' * (n % 50)"
        f" + interval '1 hour' * CASE n % {len(ZONES)} {hours} END",
        zone=f"CASE n % {len(ZONES)} {zones} END",
        next_due_at=f"timestamptz '{MINUTE.isoformat()}'"
        f" + CASE WHEN n <= {DUE} THEN 0 ELSE 1 + n % 20000 END * interval '1 minute'",
    )
    analyse()


def copies(row: Any, count: int, **columns: str) -> int:
    """So many copies of a row, some columns as SQL says; the id of the first, others follow."""
    table = row._meta.db_table
    names = [field.column for field in row._meta.concrete_fields if not field.primary_key]
    values = ", ".join(columns.get(name, f"row.{name}") for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH made AS (INSERT INTO {table} ({', '.join(names)}) SELECT {values}"
            f" FROM {table} AS row, generate_series(1, {count}) AS n WHERE row.id = {row.pk}"
            " ORDER BY n RETURNING id) SELECT min(id), max(id) FROM made"
        )
        first, last = cursor.fetchone() or (0, 0)
    assert last - first == count - 1
    return int(first)


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does by itself


def at_once(count: int, *words: str, **environment: str) -> list[dict[str, Any]]:
    """So many processes that do the same at the same time; what each cost."""
    command = [sys.executable, "-m", "tests.bench.act", *words]
    running = [
        subprocess.Popen(
            command, cwd=ROOT, env=surroundings(**environment), stdout=subprocess.PIPE, text=True
        )
        for _each in range(count)
    ]
    told = [process.communicate()[0] for process in running]
    assert all(process.returncode == 0 for process in running)
    return [json.loads(each.splitlines()[-1]) for each in told]


def surroundings(**environment: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": address_of_the_test_database()} | environment
