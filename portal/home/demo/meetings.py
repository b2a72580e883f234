"""What the demo's meetings left: who came, notes, what people show, and a case for the next one."""

import random
from collections import Counter, defaultdict
from datetime import datetime

from communities.models import Attendance, CaseRound, FollowUp, Membership, NotesVersion, Session
from portal.home.demo.people import everyone

NOTES = (
    "We tried reflections on each other: first simple, then with a guess in them.\n"
    "What helped: waiting three breaths before the next question.",
    "Whose idea was it? We went through last week's plans and asked that of every action.\n"
    "Two were ours alone. Both of us will take them back to the team.",
    "Natural supports: everyone named one that a team had overlooked.",
    "Short session. We kept the debrief and left the lesson for next time.",
    "Affirmations: each of us said one that named the strength and the proof of it.\n"
    "The ones without proof sounded like praise.",
    "We read goals aloud. Half of them had no verb that a person would say.",
    "Case round. Clarifying questions only, for twelve minutes: harder than it sounds.",
    "Persistence: what have we not tried? Every pair found two things.",
    "Summaries on the way, not at the end. We tried it with a story of our own week.",
    "Asking where and when: who can come decides who is on the team.",
)
PROMISES = (
    "ask who else the family counts on, before I offer a service.",
    "leave the first silence alone.",
    "read the plan's words aloud and ask whose they are.",
)
QUESTION = (
    "How do I stay with a parent's own goal when the court's list is longer than the meeting?"
)


def load(now: datetime) -> None:
    chance = random.Random("meetings")  # noqa: S311  # the same demo every time
    over = Session.objects.standing().filter(ends_at__lt=now)
    held = over.order_by("-starts_at", "series__title")
    roll: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for community, person, since in Membership.objects.order_by("pk").values_list(
        "community", "person", "since"
    ):
        roll[community].append((person, since))
    attendances = []
    for session in held.select_related("series"):
        attendances += [
            Attendance(
                session=session,
                person_id=person,
                way="host",
                by_id=session.host_id,
                at=session.starts_at,
            )
            for person, since in roll[session.series.community_id]
            if since <= session.starts_at and chance.random() < 0.85
        ]
    Attendance.objects.bulk_create(attendances)
    FollowUp.objects.bulk_create(FollowUp(session=s, kind=k) for s in held for k in FollowUp.Kind)
    latest = held.filter(series__title="Friday practice")
    written = [session for session in held.select_related("host") if chance.random() < 0.7]
    turns: Counter[int] = Counter()
    versions = []
    for session in {each.pk: each for each in (*latest[:4], *written)}.values():
        turns.setdefault(session.series_id, 3 * len(turns))  # each series begins elsewhere
        turn = turns[session.series_id]
        turns[session.series_id] += 1
        versions.append(
            NotesVersion(
                session=session,
                number=1,
                text=NOTES[turn % len(NOTES)],
                author=session.host,
                at=session.ends_at,
            )
        )
    NotesVersion.objects.bulk_create(versions)
    _promise(latest[0], now)


def _promise(session: Session, now: datetime) -> None:
    """Three members show what they will try, and one of them brings a case next time."""
    people = everyone()
    following = session.series.sessions.standing().upcoming(now)[0]
    for name, text in zip(("Amina", "Teo", "Noor"), PROMISES, strict=True):
        session.promise(
            person=people[name],
            text=text,
            due_on=following.original_day,
            shown=True,
            at=session.ends_at,
        )
    CaseRound.bring(following, QUESTION, by=people["Teo"], at=now)
