"""The practice exchange of one community with 200,000 posts: a page of it, and searching it.

Words are drawn as language has them: a few in every post, most in few. A post has about 90 words,
as people write, so that its vector has the usual size.
"""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from communities.models import Community, Membership, Post
from portal.agencies.models import Agency, Position
from portal.people.models import User
from portal.practice.models import Skill
from tests.bench.pages import EMPTY, QUERIES, TIMES_EMPTY, questions
from tests.bench.table import Figure, Table, in_turn

POSTS = 200_000
REPLIES = 50_000
WORDS = 8_000  # different ones
MEMBERS = 50
SEARCH = 50.0  # ms, median: issue 3
ROUNDS = 15

# As PostgreSQL stems nothing of "word17", searches find exactly what was drawn. The ends of words
# stand in about: all posts, half, ...
SEARCHES = {
    "in nearly every post": "word1",
    "in about half": "word20",
    "in about a tenth": "word200",
    "rare": "word5000",
    "two common words": "word1 word3",
    "a common and a rare one": "word2 word6000",
    "either of two": "word4 or word5",
    "without a common one": "word30 -word1",
    "a phrase": '"word1 word2"',
    "in none": "nowhere",
}


def seed(posts: int = POSTS) -> tuple[Community, User]:
    """An agency, a community of 50, its posts over five years, and answers to some of them."""
    now = timezone.now()
    agency = Agency.objects.create(name="Bench exchange", time_zone="America/New_York")
    community = Community.objects.create(
        agency=agency, name="Bench exchange", time_zone=agency.time_zone
    )
    people = User.objects.bulk_create(
        User(name=f"Writer {n}", email=f"writer{n}@bench.example", password="!")
        for n in range(MEMBERS)
    )
    since = now - timedelta(days=5 * 365)
    Position.objects.bulk_create(
        Position(person=person, agency=agency, role="facilitator", since=since) for person in people
    )
    Membership.objects.bulk_create(
        Membership(person=person, community=community, since=since) for person in people
    )
    first, last = people[0].pk, people[-1].pk
    with connection.cursor() as cursor:
        cursor.execute(
            FILL,
            {
                "community": community.pk,
                "first": first,
                "people": last - first + 1,
                "posts": posts,
                "words": WORDS,
            },
        )
        cursor.execute(ANSWER, {"replies": min(REPLIES, posts), "first": first})
        for table in ("post", "reply"):
            cursor.execute(f"VACUUM ANALYZE communities_{table}")  # as autovacuum does by itself
    return community, people[0]


# `random() ^ 4` bends the draw towards the first words.
FILL = """
INSERT INTO communities_post
    (key, by_id, at, community_id, kind, title, situation, happened, learned,
     principle_id, phase_id, skill_id)
SELECT gen_random_uuid(), %(first)s + n %% %(people)s, now() - (%(posts)s - n) * interval '13 min',
       %(community)s, CASE WHEN n %% 3 = 0 THEN 'did_not' ELSE 'worked' END,
       'Post ' || n || drawn.title, '', drawn.happened, drawn.learned,
       (SELECT id FROM practice_principle ORDER BY place OFFSET n %% 10 LIMIT 1),
       (SELECT id FROM practice_phase ORDER BY place OFFSET n %% 4 LIMIT 1),
       (SELECT id FROM practice_skill ORDER BY place OFFSET n %% 4 LIMIT 1)
FROM generate_series(1, %(posts)s) AS n
CROSS JOIN LATERAL (
    SELECT string_agg(CASE WHEN w <= 5 THEN ' word' || word END, '') AS title,
           string_agg(CASE WHEN w BETWEEN 6 AND 65 THEN 'word' || word END, ' ') AS happened,
           string_agg(CASE WHEN w > 65 THEN 'word' || word END, ' ') AS learned
    FROM (SELECT w, (1 + %(words)s * random() ^ 4)::int AS word
          FROM generate_series(1, 90) AS w WHERE n > 0) AS words
) AS drawn
"""

ANSWER = """
INSERT INTO communities_reply (key, by_id, at, post_id, went, text)
SELECT gen_random_uuid(), %(first)s, now(), id, CASE WHEN id %% 2 = 0 THEN 'worked' ELSE '' END,
       'Here too.'
FROM (SELECT id FROM communities_post ORDER BY id DESC LIMIT %(replies)s) AS latest
"""


def measure(table: Table, community: Community, person: User) -> None:
    """Pages and searches as a member sees them, from the request to the last byte."""
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(person)
    here = f"/communities/exchange/?community={community.pk}"
    middle = community_middle(community)
    table.title(f"The exchange of one community with {POSTS:,} posts")
    pages = {
        "newest": here,
        "deep in it": f"{here}&before={middle}",
        "one skill, one kind": f"{here}&skill={a_skill()}&kind=worked",
        "by one person": f"{here}&who={person.pk}",
        "a post": f"/communities/exchange/{middle}/",
    }
    for name, url in pages.items():
        one(table, client, f"exchange: {name}", url, limit_ms=None)
    for name, words in SEARCHES.items():
        query = words.replace(" ", "+").replace('"', "%22")
        one(table, client, f"search: {name}", f"{here}&q={query}", limit_ms=SEARCH)
        one(table, client, f"search everywhere: {name}", f"/communities/exchange/?q={query}",
            limit_ms=SEARCH)  # fmt: skip


def one(table: Table, client: Client, name: str, url: str, *, limit_ms: float | None) -> None:
    asked = questions(lambda: client.get(url))
    medians = in_turn(ROUNDS, page=lambda: client.get(url), empty=lambda: client.get(EMPTY))
    note = f"{medians['page'] * 1000:6.1f} ms {asked:3d} queries"
    if limit_ms is None:
        times = medians["page"] / medians["empty"]
        table.add(Figure(name, times, "x empty", TIMES_EMPTY, note))
    else:
        table.add(Figure(name, medians["page"] * 1000, "ms", limit_ms, note))
    if asked > QUERIES:
        table.add(Figure(f"{name}: queries", asked, "queries", QUERIES))


def community_middle(community: Community) -> int:
    """The id of a post halfway through."""
    ids = Post.objects.filter(community=community).order_by("pk").values_list("pk", flat=True)
    return ids[ids.count() // 2]


def a_skill() -> int:
    return Skill.objects.values_list("pk", flat=True)[0]
