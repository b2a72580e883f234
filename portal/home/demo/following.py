"""What came of what the demo's people wrote: a question, a story of two entries, an answer that is
shared, and what a supervisor shares first."""

from datetime import datetime, timedelta

from communities.models import Community
from portal.agencies.models import Agency
from portal.home.demo.people import everyone, supervisor_of
from portal.home.demo.reflections import write
from portal.people.models import User
from reflections.models import FollowUp, PromptSet, Question, Reflection, ThreadShare

# Who shared an entry with whom these days, which nobody has opened yet.
LATELY = (
    (
        "Priya", "Ruth", 1,
        "My third meeting this week that began with the minutes of the last one.",
        "I know how to begin otherwise. At the end of a week I don't.",
        "Begin Thursday's with one thing that went better than feared.",
    ),
    (
        "Teo", "Linh", 2,
        "I listened to the recording. I say 'just' a lot: just a question, just an idea.",
        "It makes what I ask for small, and me with it.",
        "Leave the word out for a day and see what happens.",
    ),
)  # fmt: skip


def load(now: datetime) -> None:
    """Amina's story of three weeks, and Ruth's entry at the head of the feed."""
    people = everyone()
    community = Community.objects.get(name="Cedar Valley Fridays")
    amina, ruth, linh = people["Amina"], people["Ruth"], people["Linh"]
    for name, reader, days, *texts in LATELY:
        at = now - timedelta(days=days - 1, hours=9)
        asked = PromptSet.objects.get(slug="three-questions")
        entry = write(people[name], asked, (texts[0], texts[1], texts[2]), at)
        entry.share_with(people[reader], by=people[name], at=at + timedelta(minutes=9))
    first = tell_a_story(amina, now)
    Question.objects.ask(first, "What would you have tried?", by=amina)
    supervisor = supervisor_of(people, amina)
    first.share_with(supervisor, by=amina, at=now - timedelta(days=20))
    first.share_with(linh, by=amina, at=now - timedelta(days=20))
    answered = now - timedelta(days=19)
    first.respond(
        by=supervisor,
        text="I'd have counted with my hands under the table. What did you hear after the wait?",
        at=answered,
    )
    share = first.shares.get(person=linh)
    ThreadShare.objects.show(first, supervisor, share, by=amina, at=answered + timedelta(hours=3))
    prompts = PromptSet.objects.offered_to(ruth).first()
    if prompts and community.members().filter(pk=ruth.pk).exists():
        lead = write(
            ruth,
            prompts,
            (
                "I cut a supervision short for a phone call, and said it was urgent. It wasn't.",
                "I ask others to protect the hour and gave mine away.",
                "Put the phone in the drawer, and say so at the start.",
            ),
            now - timedelta(days=6),
        )
        lead.share_with(community, by=ruth, at=now - timedelta(days=6))


def who_promised(agency: Agency) -> list[User]:
    """Who said what they will do next time: to them it comes back."""
    return list(agency.people().filter(commitments__isnull=False).distinct().order_by("pk"))


def tell_a_story(author: User, now: datetime) -> Reflection:
    """An entry, what it led to, and the two lines that followed; the first entry."""
    prompts = PromptSet.objects.get(slug="three-questions")
    began = now - timedelta(days=21)
    first = Reflection(author=author, prompt_set=prompts)
    words = (
        "I asked a good question and answered it myself before anybody could.",
        "I don't trust the silence yet. It isn't mine to fill.",
    )
    questions = prompts.prompts.all()
    first.save_draft(
        {question.pk: text for question, text in zip(questions, words, strict=False)},
        version=0,
        about={"next_time": "count to five before I fill a silence"},
        at=began,
    )
    first.keep(at=began + timedelta(minutes=5))
    if first.commitment:
        tried = began + timedelta(days=14)
        first.commitment.settle("tried", by=author, at=tried)
        following = FollowUp.objects.begin(first.commitment, by=author, at=tried)
        lines = ("Counted to five, twice.", "The second time, the quiet one began to speak.")
        asked = following.prompt_set.prompts.all()
        following.save_draft(
            {question.pk: text for question, text in zip(asked, lines, strict=True)},
            version=following.version,
            about={"next_time": "wait, and look at the one who hasn't spoken"},
            at=tried,
        )
        following.keep(at=tried + timedelta(minutes=2))
    return first
