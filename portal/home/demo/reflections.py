"""What the demo's people wrote, what they shared, and how it was answered. Never about a family."""

import random
from datetime import datetime, timedelta

from communities.models import Community
from portal.home.demo.journal import ANSWERS, ENTRIES
from portal.home.demo.people import everyone, supervisor_of
from portal.people.models import User
from reflections.models import PromptSet, Reflection

WRITERS = ("Amina", "Jonas", "Priya", "Dana", "Elijah", "Noor", "Teo", "Grace", "Ruth", "Samuel")
WEEKS = 20


def load(now: datetime) -> None:
    """An entry every week or two a person, some shared with the community or a coach."""
    people = everyone()
    community = Community.objects.get(name="Cedar Valley Fridays")
    for number, name in enumerate(WRITERS):
        chance = random.Random(name)  # noqa: S311  # the same demo every time
        author = people[name]
        texts = ENTRIES[number:] + ENTRIES[:number]
        prompts = PromptSet.objects.offered_to(author).first()
        for turn, week in enumerate(range(WEEKS, 0, -2)):
            at = now - timedelta(weeks=week) + timedelta(days=chance.randrange(4), hours=3)
            if prompts is None or at < author.joined_at:
                continue
            entry = write(author, prompts, texts[turn % len(texts)], at)
            share(entry, people, community, chance, at)
    begin_a_draft(people["Amina"], now)


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


def share(
    entry: Reflection,
    people: dict[str, User],
    community: Community,
    chance: random.Random,
    at: datetime,
) -> None:
    """Most stay private; some go to the community, some to a reader who mostly answers."""
    author, turn = entry.author, chance.random()
    later = at + timedelta(hours=20)
    if turn < 0.3 and community.members().filter(pk=author.pk).exists():
        entry.share_with(community, by=author, at=at + timedelta(minutes=6))
    elif turn < 0.55 and author.name.split()[0] not in {"Ruth", "Samuel"}:
        reader = chance.choice((people["Linh"], supervisor_of(people, author)))
        entry.share_with(reader, by=author, at=at + timedelta(minutes=6))
        if chance.random() < 0.8:
            entry.open_by(reader, at=later)
            entry.respond(by=reader, text=chance.choice(ANSWERS), at=later)


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
