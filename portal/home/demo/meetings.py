"""What the demo's meetings left: who came, notes, what people show, and a case for the next one."""

import random
from datetime import datetime

from communities.models import Attendance, CaseRound, FollowUp, NotesVersion, Session
from portal.home.demo.people import everyone

WITH_NOTES = 4  # of the latest sessions
NOTES = (
    "We tried reflections on each other: first simple, then with a guess in them.\n"
    "What helped: waiting three breaths before the next question.",
    "Whose idea was it? We went through last week's plans and asked that of every action.\n"
    "Two were ours alone. Both of us will take them back to the team.",
    "Natural supports: everyone named one that a team had overlooked.",
    "Short session. We kept the debrief and left the lesson for next time.",
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
    held = Session.objects.filter(ends_at__lt=now).order_by("-starts_at")
    attendances = []
    for session in held.select_related("series"):
        roll = session.series.community.memberships.current(session.starts_at)
        attendances += [
            Attendance(
                session=session, person_id=person, way="host", by=session.host, at=session.starts_at
            )
            for person in roll.values_list("person", flat=True)
            if chance.random() < 0.85
        ]
    Attendance.objects.bulk_create(attendances)
    FollowUp.objects.bulk_create(FollowUp(session=s, kind=k) for s in held for k in FollowUp.Kind)
    latest = held.filter(series__title="Friday practice")
    for session, text in zip(latest[:WITH_NOTES], NOTES, strict=False):
        NotesVersion.objects.create(
            session=session, number=1, text=text, author=session.host, at=session.ends_at
        )
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
