"""Practice grown large: 2,000 facilitators, 200,000 reviews, 6 million ratings (issue 5).

Each dashboard is asked at a tenth of the reviews and at all of them, by one who may see it: its
queries, its time, and its time in the database beside the best single query we know that answers
the same question: for a person, points, benchmarks, goal, feedback and the heat map's cells; for
coaching, contacts, reviews due, plans and goals. What every page asks, in the middleware and for
the bell in its frame, is left out of that comparison.
"""

import re
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fidelity.models import (
    CalibrationRound,
    Instrument,
    Item,
    Level,
    Measure,
    Recording,
    Review,
    Scale,
    Source,
    Version,
)
from portal.agencies.models import Agency, Position, Supervision
from portal.people.models import User
from tests import make as make_people
from tests.bench.pages import EMPTY, questions
from tests.bench.table import Figure, Table, in_turn

FACILITATORS, TEAM, ITEMS = 2_000, 10, 30
FEW, MANY = 20_000, 200_000
QUERIES, PAGE_MS, TIMES_SINGLE, TIMES_FEW = 15, 60.0, 3.0, 1.5
SUBMIT_QUERIES, AGREEMENT_S = 10, 1.0
ROUNDS = 15
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
YEARS = 5
BELL = 'COUNT("notices_notice"."id")'


@dataclass
class Practice:
    agency: Agency
    version: Version
    supervisor: User
    facilitator: User
    admin: User

    def pages(self) -> dict[str, tuple[User, str, str]]:
        """Who asks for what, and the single query that answers the same question."""
        team, whole = reverse("fidelity:teams.show"), [self.agency.pk]
        return {
            "my practice": (
                self.facilitator,
                reverse("fidelity:courses.show", args=[self.facilitator.pk]),
                PERSON,
            ),
            "a person, by who supervises": (
                self.supervisor,
                reverse("fidelity:courses.show", args=[self.facilitator.pk]),
                PERSON,
            ),
            "my team": (self.supervisor, team, OF_TEAM),
            "my team: drift": (self.supervisor, reverse("fidelity:drifts.index"), OF_TEAM),
            "programme": (
                self.admin,
                reverse("fidelity:programmes.show", args=whole),
                PROGRAMME,
            ),
            "programme: drift": (
                self.admin,
                reverse("fidelity:drifts.show", args=whole),
                PROGRAMME,
            ),
            "coaching": (self.supervisor, reverse("fidelity:coaching.show"), COACHING),
        }


PERSON = """
WITH shown AS MATERIALIZED (
    SELECT r.id, r.source, r.practised_on FROM fidelity_review r
    LEFT JOIN fidelity_release l ON l.review_id = r.id
    WHERE r.subject_id = %(facilitator)s AND r.submitted_at IS NOT NULL AND r.superseded_at IS NULL
    AND (l.id IS NOT NULL OR r.reviewer_id = %(reader)s OR r.subject_id IN (
        SELECT supervisee_id FROM agencies_supervision
        WHERE supervisor_id = %(reader)s AND since <= now() AND (until IS NULL OR until > now())))
), point AS MATERIALIZED (
    SELECT shown.*, s.measure_id, s.value FROM shown JOIN fidelity_score s ON s.review_id = shown.id
)
SELECT 'point', id, measure_id, source, practised_on, value, '' FROM point
UNION ALL
SELECT 'measure', i.id, m.id, m.key, b.dated, b.value, i.name FROM fidelity_measure m
JOIN fidelity_version v ON v.id = m.version_id JOIN fidelity_instrument i ON i.id = v.instrument_id
LEFT JOIN fidelity_benchmark b ON b.measure_id = m.id
WHERE m.id IN (SELECT measure_id FROM point)
UNION ALL
SELECT 'goal', g.id, g.reviewer_id, g.actions::text, g.due_on, 0, g.text FROM fidelity_focusgoal g
WHERE g.person_id = %(facilitator)s AND g.ended_at IS NULL
UNION ALL
(SELECT 'feedback', f.id, f.review_id, '', f.written_at::date, 0, f.text FROM fidelity_feedback f
JOIN fidelity_review r ON r.id = f.review_id WHERE r.subject_id = %(facilitator)s
ORDER BY f.written_at DESC LIMIT 1)
UNION ALL
SELECT 'cell', a.review_id, a.item_id, '', NULL, a.value, '' FROM fidelity_answer a
WHERE a.value IS NOT NULL AND a.review_id IN (
    SELECT id FROM shown WHERE source = 'observation' ORDER BY practised_on DESC LIMIT 12)
"""
OF_TEAM = """
SELECT v.instrument_id, m.key, r.source, date_trunc('month', r.practised_on), avg(s.value),
    count(s.value), count(DISTINCT r.subject_id), count(DISTINCT r.reviewer_id)
FROM fidelity_review r
JOIN fidelity_score s ON s.review_id = r.id JOIN fidelity_measure m ON m.id = s.measure_id
JOIN fidelity_version v ON v.id = m.version_id
WHERE r.submitted_at IS NOT NULL AND r.subject_id IN (
    SELECT supervisee_id FROM agencies_supervision
    WHERE supervisor_id = %(supervisor)s AND since <= now() AND (until IS NULL OR until > now()))
GROUP BY 1, 2, 3, 4
"""
PROGRAMME = """
SELECT v.instrument_id, m.key, t.source, t.month, t.team_id, t.n, t.total
FROM fidelity_monthsum t JOIN fidelity_measure m ON m.id = t.measure_id
JOIN fidelity_version v ON v.id = m.version_id
WHERE t.agency_id = %(agency)s AND t.n > 0
"""
COACHING = """
WITH team AS MATERIALIZED (
    SELECT supervisee_id AS id FROM agencies_supervision
    WHERE supervisor_id = %(reader)s AND since <= now() AND (until IS NULL OR until > now())
)
SELECT 'contacts', u.id, count(l.id), min(p.since)::date, u.name FROM team
JOIN people_user u ON u.id = team.id
LEFT JOIN agencies_position p ON p.person_id = u.id AND p.until IS NULL
LEFT JOIN fidelity_review r ON r.subject_id = u.id AND r.source IN ('observation', 'recording')
LEFT JOIN fidelity_release l ON l.review_id = r.id AND l.at > now() - interval '6 months'
GROUP BY u.id
UNION ALL
(SELECT 'due', r.id, r.subject_id, r.due_on, i.name FROM fidelity_review r
JOIN fidelity_version v ON v.id = r.version_id JOIN fidelity_instrument i ON i.id = v.instrument_id
WHERE r.due_on <= current_date + 14 AND r.submitted_at IS NULL
AND (r.reviewer_id = %(reader)s OR r.subject_id IN (SELECT id FROM team))
ORDER BY r.due_on LIMIT 21)
UNION ALL
(SELECT 'plan', s.id, s.each, s.ends_on, s.source FROM fidelity_samplingplan s
WHERE s.agency_id = %(agency)s AND s.ended_at IS NULL AND s.begins_on <= current_date
ORDER BY s.ends_on LIMIT 20)
UNION ALL
(SELECT 'goal', g.id, g.person_id, g.due_on, g.text FROM fidelity_focusgoal g
WHERE g.due_on <= current_date + 14 AND g.ended_at IS NULL
AND (g.reviewer_id = %(reader)s OR g.person_id IN (SELECT id FROM team))
ORDER BY g.due_on LIMIT 21)
"""


def measure(table: Table) -> None:
    table.title(f"Practice of {FACILITATORS:,} facilitators, {FEW:,} reviews, then {MANY:,}")
    practice = seed()
    grow(practice, 0, FEW)
    few = {words: taken_by(*of[:2]) for words, of in practice.pages().items()}
    grow(practice, FEW, MANY)
    count(table)
    for words, (person, url, single) in practice.pages().items():
        one(table, words, person, url, single, practice, few[words])
    submitting(table, practice)
    agreeing(table, practice)


def one(
    table: Table,
    words: str,
    person: User,
    url: str,
    single: str,
    practice: Practice,
    few: tuple[float, float],
) -> None:
    client = signed_in(person)
    answer = client.get(url)
    if answer.status_code != 200:
        table.add(Figure(words, answer.status_code, "status", 200))
        return
    asked = questions(lambda: client.get(url))
    medians = in_turn(ROUNDS, page=lambda: client.get(url), empty=lambda: client.get(EMPTY))
    taken = medians["page"] * 1000
    note = f"{medians['page'] / medians['empty']:.1f} x empty, {len(answer.content) / 1024:.0f} KB"
    table.add(Figure(f"{words}: queries", asked, "queries", QUERIES, note))
    table.add(Figure(f"{words}: time", taken, "ms", PAGE_MS))
    named = {
        "supervisor": practice.supervisor.pk,
        "facilitator": practice.facilitator.pk,
        "agency": practice.agency.pk,
        "reader": person.pk,
    }
    own = median_of(lambda: in_database(lambda: client.get(url)))
    everyone = median_of(lambda: in_database(lambda: client.get(EMPTY)))
    alone = median_of(lambda: in_database(lambda: ask(single, named)))
    database = (own - everyone) * 1000
    note = f"{database:.1f} ms, the single query {alone * 1000:.1f}"
    table.add(Figure(f"{words}: database", database / alone / 1000, "x single", TIMES_SINGLE, note))
    again = taken_by(person, url)
    note = f"{few[0]:.1f} and {again[0]:.1f} ms"
    grown = again[1] / few[1]
    table.add(Figure(f"{words}: {FEW:,} to {MANY:,}", grown, "x", TIMES_FEW, note))


def submitting(table: Table, practice: Practice) -> None:
    """A review of 30 items, submitted by its form."""
    by, subject = practice.supervisor, practice.facilitator
    client = Client()  # what a form says is read here: not compressed
    client.force_login(by)

    def opened() -> tuple[str, dict[str, str]]:
        draft = Review.objects.start(
            by=by, subject=subject, version=practice.version, source=Source.OBSERVATION
        )
        url = reverse("fidelity:reviews.edit", args=[draft.pk])
        hidden = HIDDEN.findall(client.get(url).content.decode())
        answers = {f"item-{item.key}": "3" for item in practice.version.items.all()}
        return url, dict(hidden) | answers | {"submit": "1"}

    url, sent = opened()
    statuses: list[int] = []
    asked = questions(lambda: statuses.append(client.post(url, sent).status_code))
    done = not Review.objects.editable_by(by).filter(subject=subject).exists()
    if statuses != [302] or not done:
        table.add(Figure("submitting 30 items", statuses[0], "status", 302))
        return
    more = asked - questions(lambda: client.get(EMPTY))
    table.add(Figure("submitting 30 items: queries more", more, "queries", SUBMIT_QUERIES))


def agreeing(table: Table, practice: Practice) -> None:
    """A closed round of ten raters and 216 units, its page with all intervals drawn anew."""
    raters = list(
        User.objects.filter(positions__agency=practice.agency, positions__role="supervisor")[:10]
    )
    units = -(-216 // ITEMS)
    heard = Recording.objects.bulk_create(
        Recording(agency=practice.agency, origin="bench", key=f"b{n}", label=f"Recording {n}")
        for n in range(units)
    )
    opened = CalibrationRound.objects.open(
        by=raters[0],
        agency=practice.agency,
        version=practice.version,
        recordings=heard,
        raters=raters,
    )
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL session_replication_role = replica")
        drafts = list(Review.objects.filter(seat__round=opened).values_list("pk", flat=True))
        cursor.execute(ANSWERS, {"version": practice.version.pk, "reviews": drafts})
        cursor.execute(SCORES, {"version": practice.version.pk, "reviews": drafts})
        Review.objects.filter(pk__in=drafts).update(submitted_at=timezone.now())
        CalibrationRound.objects.filter(pk=opened.pk).update(closed_at=timezone.now())
    client = signed_in(raters[0])
    url = reverse("fidelity:calibrations.show", args=[opened.pk])
    began = time.perf_counter()
    status = client.get(url).status_code
    took = time.perf_counter() - began
    if status != 200:
        table.add(Figure("agreement", status, "status", 200))
        return
    words = f"agreement of 10 raters, {units * ITEMS} units"
    table.add(Figure(words, took, "s", AGREEMENT_S, "the first time, 1,000 draws"))
    table.add(Figure(f"{words}: queries", questions(lambda: client.get(url)), "queries", QUERIES))


def signed_in(person: User) -> Client:
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(person)
    return client


def taken_by(person: User, url: str) -> tuple[float, float]:
    """A page's milliseconds, and how many empty views that is: a machine's speed changes in the
    minutes between one measurement and the next."""
    client = signed_in(person)
    medians = in_turn(ROUNDS, page=lambda: client.get(url), empty=lambda: client.get(EMPTY))
    return medians["page"] * 1000, medians["page"] / medians["empty"]


def median_of(act: Callable[[], float]) -> float:
    act()
    return statistics.median(act() for _round in range(ROUNDS))


def in_database(act: Callable[[], Any]) -> float:
    """Seconds that an act waits for the database, but for the bell of a page's frame."""
    taken = 0.0

    def clock(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal taken
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            if BELL not in arguments[0]:
                taken += time.perf_counter() - began

    with connection.execute_wrapper(clock):
        act()
    return taken


def ask(query: str, named: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, named)
        cursor.fetchall()


def seed() -> Practice:
    """The people, ten to a supervisor, and the instrument."""
    agency = make_people.agency("A state's", time_zone="America/New_York")
    since = timezone.now() - timedelta(days=366 * YEARS)
    facilitators = people("facilitator", FACILITATORS)
    supervisors = people("supervisor", FACILITATORS // TEAM)
    [admin] = people("admin", 1)
    Position.objects.bulk_create(
        Position(person=person, agency=agency, role=role, since=since)
        for role, several in (
            ("facilitator", facilitators),
            ("supervisor", supervisors),
            ("admin", [admin]),
        )
        for person in several
    )
    Supervision.objects.bulk_create(
        Supervision(
            agency=agency,
            supervisor=supervisors[number // TEAM],
            supervisee=person,
            kind="supervises",
            since=since,
        )
        for number, person in enumerate(facilitators)
    )
    return Practice(agency, instrument(agency), supervisors[7], facilitators[7 * TEAM + 3], admin)


def people(word: str, number: int) -> list[User]:
    return User.objects.bulk_create(
        User(name=f"{word} {n}", email=f"{word}.{uuid4().hex}@example.org", password="!")
        for n in range(number)
    )


def instrument(agency: Agency) -> Version:
    made = Instrument.objects.create(
        agency=agency,
        slug="thirty-items",
        name="Thirty items",
        sources=[Source.OBSERVATION, Source.RECORDS, Source.RECORDING],
    )
    version = Version.objects.create(instrument=made)
    scale = Scale.objects.create(version=version, name="1 to 5")
    Level.objects.bulk_create(
        Level(scale=scale, value=value, label=f"level {value}") for value in range(1, 6)
    )
    Item.objects.bulk_create(
        Item(
            version=version,
            key=f"item-{n}",
            place=n,
            kind="scale",
            scale=scale,
            wording=f"Item {n}",
        )
        for n in range(1, ITEMS + 1)
    )
    keys = [f"item-{n}" for n in range(1, ITEMS + 1)]
    for place, (key, formula, unit) in enumerate(
        (("mean", "mean", "points"), ("percent", "percent_of_maximum", "percent")), 1
    ):
        Measure.objects.create(
            version=version,
            key=key,
            place=place,
            name=key.title(),
            formula=formula,
            parameters={"items": keys},
            unit=unit,
        )
    version.published_at = timezone.now() - timedelta(days=366 * YEARS)
    version.save(update_fields=["published_at"])
    return version


def grow(practice: Practice, before: int, until: int) -> None:
    """Reviews from the number `before` to `until`, inside the database. The triggers that keep the
    tallies are off: everything is counted anew at the end, as after loading a backup."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            REVIEWS,
            {
                "agency": practice.agency.pk,
                "version": practice.version.pk,
                "first": before,
                "last": until - 1,
                "days": 365 * YEARS,
            },
        )
        reviews = [pk for (pk,) in cursor.fetchall()]
        for first in range(0, len(reviews), 20_000):
            some = {"version": practice.version.pk, "reviews": reviews[first : first + 20_000]}
            cursor.execute(ANSWERS, some)
            cursor.execute(SCORES, some)
        cursor.execute(RELEASES, {"reviews": reviews})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SELECT fidelity_recount()")
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does by itself


REVIEWS = """
INSERT INTO fidelity_review
    (agency_id, version_id, subject_id, reviewer_id, team_id, annotator, source, practised_on,
     started_at, submitted_at)
SELECT %(agency)s, %(version)s, of.supervisee_id,
    CASE WHEN kind.source = 'self' THEN of.supervisee_id ELSE of.supervisor_id END,
    of.supervisor_id, '', kind.source, made.at::date, made.at, made.at
FROM generate_series(%(first)s, %(last)s) AS n
JOIN (SELECT supervisor_id, supervisee_id, row_number() OVER (ORDER BY supervisee_id) - 1 AS place,
    count(*) OVER () AS number FROM agencies_supervision WHERE agency_id = %(agency)s) AS of
    ON of.place = n %% of.number
CROSS JOIN LATERAL (SELECT (ARRAY['observation', 'observation', 'observation', 'records', 'self'])
    [1 + (n / of.number) %% 5] AS source) AS kind
CROSS JOIN LATERAL (SELECT now() - interval '1 day'
    * (1 + abs(hashint4(n::int)) %% %(days)s) AS at) AS made
RETURNING id
"""
ANSWERS = """
INSERT INTO fidelity_answer (review_id, item_id, state, value, text, note)
SELECT r, i.id, 'observed', 1 + abs(hashint8(r * 31 + i.id)) %% 5, '', ''
FROM unnest(%(reviews)s::bigint[]) AS r CROSS JOIN fidelity_item i
WHERE i.version_id = %(version)s
"""
SCORES = """
INSERT INTO fidelity_score (review_id, measure_id, value, reason, counted)
SELECT a.review_id, m.id, CASE m.key WHEN 'mean' THEN avg(a.value) ELSE avg(a.value) * 20 END, '',
    count(*)
FROM fidelity_answer a CROSS JOIN fidelity_measure m
WHERE a.review_id = ANY(%(reviews)s::bigint[]) AND m.version_id = %(version)s
GROUP BY a.review_id, m.id, m.key
"""
RELEASES = """
INSERT INTO fidelity_release (review_id, by_id, at)
SELECT id, reviewer_id, submitted_at FROM fidelity_review
WHERE id = ANY(%(reviews)s::bigint[]) AND source = 'observation' AND id %% 10 < 9
"""


def count(table: Table) -> None:
    """What there is, and what the process that measures took so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fidelity_review WHERE submitted_at IS NOT NULL")
        [reviews] = cursor.fetchone() or [0]
        cursor.execute("SELECT count(*) FROM fidelity_answer")
        [ratings] = cursor.fetchone() or [0]
    table.add(Figure("reviews there", reviews, "rows"))
    table.add(Figure("ratings there", ratings, "rows"))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add(Figure("memory of this process", used, "MB"))
