"""What the demo's people wrote, what they shared, and how it was answered. Never about a family."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from communities.models import Commitment, Community, Outcome
from portal.agencies.models import Position
from portal.home.demo.journal import ANSWERS, ENTRIES, NEXT_TIMES, OUTCOMES
from portal.home.demo.people import coach_of, everyone, lead_of, supervisor_of
from portal.home.demo.roll import TEAMS
from portal.home.demo.seasons import MORE
from portal.people.models import User
from portal.practice.models import Skill
from reflections.models import Opening, PromptSet, Reflection, Response, Share
from reflections.notices import ReflectionAnswered, ReflectionShared

LOOKED_AFTER = frozenset(name for team in TEAMS.values() for name in team)
OFTEN = ("Amina", "Jonas", "Priya", "Dana", "Elijah", "Noor", "Teo", "Grace", "Ruth", "Samuel")
WEEKS = 78
WAITS = timedelta(days=16)  # at most, for an answer
LATELY = timedelta(days=4)  # since when readers have notices of what was shared
TEXTS = ENTRIES + MORE


@dataclass
class Told:
    """What is written at once at the end, and which texts each reader has had: none comes twice."""

    now: datetime
    entries: list[Reflection] = field(default_factory=list)
    promises: list[tuple[Reflection, Commitment]] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    read: set[tuple[str, int]] = field(default_factory=set)


def load(now: datetime) -> None:
    """An entry every two weeks or five a person, some shared with a community, or with a reader who
    mostly answers."""
    people = everyone()
    circles = {
        name: (community, set(community.members(now).values_list("pk", flat=True)))
        for name in ("Cedar Valley Fridays", "Riverside Wednesdays", "Lakeshore Thursdays")
        for community in [Community.objects.get(name=name)]
    }
    agencies = dict(Position.objects.order_by("pk").values_list("person", "agency"))
    skills = list(Skill.objects.all())
    told = Told(now)
    writers = [*OFTEN, *(n for team in TEAMS.values() for n in team if n not in OFTEN), "Linh"]
    for number, name in enumerate(writers):
        chance = random.Random(name)  # noqa: S311  # the same demo every time
        author = people[name]
        prompts = PromptSet.objects.offered_to(author).first()
        if prompts is None:
            continue
        asked = list(prompts.prompts.all())
        for turn, week in enumerate(range(WEEKS, 0, -2 if name in OFTEN else -5)):
            at = now - timedelta(weeks=week) + timedelta(days=chance.randrange(4), hours=15)
            place = (number * 7 + turn) % len(TEXTS)
            if at < author.joined_at + timedelta(days=3):
                continue
            entry = Reflection(
                author=author,
                agency_id=agencies[author.pk],
                prompt_set=prompts,
                answers={str(q.pk): text for q, text in zip(asked, TEXTS[place], strict=False)},
                version=1,
                skill=chance.choice(skills) if chance.random() < 0.4 else None,
                key=UUID(int=chance.getrandbits(128), version=4),
                started_at=at,
                saved_at=at + timedelta(minutes=4),
                kept_at=at + timedelta(minutes=5),
            )
            told.entries.append(entry)
            if chance.random() < 0.25:
                told.promises.append((entry, promise_of(author, chance, at)))
            mine = [each for each, members in circles.values() if author.pk in members]
            _share(entry, place, people, mine, told, chance)
    _store(told)
    begin_a_draft(people["Amina"], now)


def promise_of(author: User, chance: random.Random, at: datetime) -> Commitment:
    return Commitment(
        person=author,
        text=chance.choice(NEXT_TIMES),
        due_on=(at + timedelta(days=14)).date(),
        made_at=at + timedelta(minutes=5),
    )


def _share(
    entry: Reflection,
    place: int,
    people: dict[str, User],
    circles: list[Community],
    told: Told,
    chance: random.Random,
) -> None:
    """Most stay private; some go to the community, some to a reader who mostly answers."""
    author, turn = entry.author, chance.random()
    at = entry.started_at + timedelta(minutes=6)
    if turn < 0.25 and circles and (circles[0].name, place) not in told.read:
        told.read.add((circles[0].name, place))
        told.shares.append(Share(reflection=entry, community=circles[0], at=at))
        return
    name = author.name.split()[0]
    if turn > 0.5 or name not in LOOKED_AFTER:
        return
    reader = chance.choice((people[coach_of(lead_of(name), name)], supervisor_of(people, author)))
    if (reader.name, place) in told.read or reader.joined_at > at:
        return
    told.read.add((reader.name, place))
    told.shares.append(Share(reflection=entry, person=reader, at=at))
    later = entry.started_at + timedelta(hours=6)
    if chance.random() < 0.85 or at < told.now - WAITS:
        told.openings.append(Opening(reflection=entry, reader=reader, at=later))
        told.responses.append(
            Response(
                reflection=entry, reader=reader, by=reader, text=chance.choice(ANSWERS), at=later
            )
        )


def _store(told: Told) -> None:
    """All in a few statements; who got something these days has notices of it."""
    chance = random.Random("what became of it")  # noqa: S311  # the same demo every time
    Commitment.objects.bulk_create(promise for _entry, promise in told.promises)
    for entry, promise in told.promises:
        entry.commitment = promise
    Outcome.objects.bulk_create(
        outcome
        for _entry, promise in told.promises
        if (outcome := outcome_of(promise, chance, told.now)) is not None
    )
    Reflection.objects.bulk_create(told.entries, batch_size=500)
    Share.objects.bulk_create(told.shares)
    Opening.objects.bulk_create(each for each in told.openings if each.at < told.now)
    responses = [each for each in told.responses if each.at < told.now]
    Response.objects.bulk_create(responses)
    for share in told.shares:
        if share.person and share.at > told.now - LATELY:
            ReflectionShared.tell([share.person], about=share, due_at=share.at)
    for response in responses:
        if response.at > told.now - LATELY:
            author = response.reflection.author
            ReflectionAnswered.tell([author], about=response, due_at=response.at)


def outcome_of(promise: Commitment, chance: random.Random, now: datetime) -> Outcome | None:
    """What is over was mostly tried; a little of the latest is open still."""
    if promise.due_on >= now.date() or (
        promise.due_on > (now - timedelta(days=21)).date() and chance.random() < 0.5
    ):
        return None
    return Outcome(
        commitment=promise,
        kind=chance.choice((Outcome.Kind.TRIED, Outcome.Kind.TRIED, Outcome.Kind.LET_GO)),
        words=chance.choice(OUTCOMES),
        at=min(now, promise.made_at + timedelta(days=14, hours=chance.randrange(30))),
    )


def write(
    author: User, prompts: PromptSet, texts: tuple[str, str, str], at: datetime
) -> Reflection:
    """One kept entry."""
    entry = Reflection(author=author, prompt_set=prompts)
    questions = prompts.prompts.all()
    entry.save_draft(
        {question.pk: text for question, text in zip(questions, texts, strict=False)},
        version=0,
        at=at,
    )
    entry.keep(at=at + timedelta(minutes=5))
    return entry


def begin_a_draft(author: User, now: datetime) -> None:
    """Something to finish on the first page that a visitor of the demo sees."""
    prompts = PromptSet.objects.offered_to(author).first()
    if prompts is None:
        return
    first = prompts.prompts.first()
    draft = Reflection(author=author, prompt_set=prompts)
    draft.save_draft(
        {first.pk: "Began in the car. The quiet one spoke today, after I stopped explaining."}
        if first
        else {},
        version=0,
        at=now - timedelta(hours=5),
    )
