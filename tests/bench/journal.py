"""A journal grown large: 500 people, 500,000 entries, 2 million earlier versions (issue 4). Its
pages and their queries, what saving a draft costs, and 200 people who type at once."""

import json
import random
import re
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.agencies.models import Position
from portal.people.models import User
from reflections.models import PromptSet, Reflection, Version
from tests import make as make_people
from tests.bench import writers
from tests.bench.pages import EMPTY, questions
from tests.bench.table import Figure, Table, in_turn
from tests.reflections import make

PEOPLE, ENTRIES, VERSIONS_EACH = 500, 500_000, 4
PAGE_QUERIES, SEARCH_MS = 12, 50.0
SAVE_QUERIES, SAVE_TIMES_EMPTY = 3, 3.0
ROUNDS = 25
WORDS = re.findall(
    r"\w+",
    """family meeting plan strengths listened question silence team school visit phone mother home
    worried hope change ready reflect affirm summary next week together crisis support voice choice
    culture natural coach practice noticed rushed slowed spoke first waited kitchen table""",
)


def measure(table: Table) -> None:
    table.title(f"A journal of {ENTRIES:,} entries and {ENTRIES * VERSIONS_EACH:,} versions")
    people = seed()
    author = people[0]
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(author)
    entry = Reflection.objects.by(author).kept()[0]
    version = Version.objects.of(entry)[0]
    search = reverse("reflections:searches.index")
    pages = {
        "journal": reverse("reflections:reflections.index"),
        "journal, page 20": reverse("reflections:reflections.index") + "?page=20",
        "entry": entry.get_absolute_url(),
        "writing page": reverse("reflections:reflections.edit", args=[entry.key]),
        "versions": reverse("reflections:versions.index", args=[entry.key]),
        "a version": reverse("reflections:versions.show", args=[version.pk]),
        "search": f"{search}?q=kitchen+silence",
    }
    for words, url in pages.items():
        one(table, client, words, url)
    saving(table, client, author)
    writers.measure(table, people[:200])


def one(table: Table, client: Client, words: str, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        table.add(Figure(words, answer.status_code, "status", 200))
        return
    asked = questions(lambda: client.get(url))
    medians = in_turn(ROUNDS, page=lambda: client.get(url), empty=lambda: client.get(EMPTY))
    milliseconds = medians["page"] * 1000
    note = f"{milliseconds:.1f} ms, {medians['page'] / medians['empty']:.1f} x empty"
    table.add(Figure(f"{words}: queries", asked, "queries", PAGE_QUERIES, note))
    if words == "search":
        table.add(Figure("search: time", milliseconds, "ms", SEARCH_MS))


def saving(table: Table, client: Client, author: User) -> None:
    """A draft saved again and again, each time a little longer."""
    draft = make.draft(author, "One")
    url = reverse("reflections:drafts.edit", args=[draft.key])
    sent = make.page(draft, "One")
    box = next(name for name in sent if name.startswith("answer_"))

    def save() -> None:
        sent[box] = f"{sent.get(box, '')} and {random.choice(WORDS)}"
        answer = client.post(url, sent, headers={"accept": "application/json"})
        sent["version"] = answer.json()["version"]

    save()
    more = questions(save) - questions(lambda: client.get(EMPTY))
    table.add(Figure("save of a draft: queries more", more, "queries", SAVE_QUERIES))
    medians = in_turn(ROUNDS * 2, save=save, empty=lambda: client.get(EMPTY))
    note = f"{medians['save'] * 1000:.1f} ms"
    times = medians["save"] / medians["empty"]
    table.add(Figure("save of a draft: time", times, "x empty", SAVE_TIMES_EMPTY, note))


def seed() -> list[User]:
    """In bulk, inside the database; the search's index is made when all is there."""
    agency = make_people.agency("A large one")
    people = [
        User(name=f"Writer {number}", email=f"writer.{uuid4().hex}@example.org", password="!")
        for number in range(PEOPLE)
    ]
    people = User.objects.bulk_create(people)
    since = timezone.now() - timedelta(days=2000)
    Position.objects.bulk_create(
        Position(person=person, agency=agency, role="facilitator", since=since) for person in people
    )
    prompts = make.three_questions()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("CREATE TEMP TABLE texts (number int, answers jsonb)")
        cursor.executemany("INSERT INTO texts VALUES (%s, %s)", texts(prompts))
        cursor.execute("ALTER TABLE reflections_reflection DISABLE TRIGGER word_it")
        cursor.execute(ENTER, [min(p.pk for p in people), PEOPLE, agency.pk, prompts.pk, ENTRIES])
        cursor.execute("ALTER TABLE reflections_reflection ENABLE TRIGGER word_it")
        cursor.execute("DROP INDEX reflections_wording_search")
        cursor.execute(WORD, [agency.pk])
        cursor.execute(
            "CREATE INDEX reflections_wording_search ON reflections_wording USING gin (search)"
        )
        cursor.execute(CHANGE, [VERSIONS_EACH, agency.pk])
        cursor.execute("DROP TABLE texts")
        cursor.execute("VACUUM ANALYZE reflections_reflection, reflections_wording")
        cursor.execute("ANALYZE reflections_version")
    return people


def texts(prompts: PromptSet) -> list[tuple[int, str]]:
    """A thousand different ones."""
    boxes = [prompt.pk for prompt in prompts.prompts.all()]
    dice = random.Random(4)
    return [
        (number, json.dumps({box: " ".join(dice.choices(WORDS, k=20)) for box in boxes}))
        for number in range(1000)
    ]


ENTER = """
INSERT INTO reflections_reflection
    (key, author_id, agency_id, prompt_set_id, answers, next_time, version, started_at, saved_at,
     kept_at, versioned_at)
SELECT gen_random_uuid(), first + n %% people, agency, prompts, texts.answers, '', 9,
       at - interval '2 hours', at - interval '1 minute', at, at - interval '1 hour'
FROM (SELECT %s::bigint AS first, %s::int AS people, %s::bigint AS agency, %s::bigint AS prompts)
         AS given,
     generate_series(1, %s) AS n,
     LATERAL (SELECT now() - n * interval '5 minutes' AS at) AS times,
     texts
WHERE texts.number = (n * 7) %% 1000
"""
WORD = """
INSERT INTO reflections_wording (reflection_id, search)
SELECT id, reflections_words(answers) FROM reflections_reflection WHERE agency_id = %s
"""
CHANGE = """
INSERT INTO reflections_version (reflection_id, answers, next_time, at)
SELECT id, answers, '', saved_at - n * interval '10 minutes'
FROM generate_series(1, %s) AS n, reflections_reflection WHERE agency_id = %s
"""
