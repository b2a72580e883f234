"""The demo's communities, their sessions so far and to come, and what people promised."""

import random
from datetime import date, datetime, time, timedelta

from communities.models import Commitment, Community, Membership, Outcome, Series, Session
from portal.agencies.models import Agency
from portal.home.demo.journal import NEXT_TIMES
from portal.home.demo.people import everyone
from portal.people.models import User
from portal.practice.models import Skill

WEEKS = 26  # of sessions behind us
PRACTICE = ("Amina", "Teo", "Ruth", "Linh", "Jonas", "Priya", "Dana", "Elijah", "Noor", "Grace")
SUPERVISORS = ("Ruth", "Samuel")


def load(agency: Agency, now: datetime) -> None:
    """Two communities: everyone's weekly one, and the supervisors' monthly one."""
    people = everyone()
    fridays = found(
        agency,
        now,
        name="Cedar Valley Fridays",
        purpose="Forty-five quiet minutes a week to learn from practice, and to try one thing.",
        people=[people[name] for name in PRACTICE],
        hosts={"Linh", "Ruth"},
    )
    circle = found(
        agency,
        now,
        name="Supervisors' circle",
        purpose="Where those who look after others' practice look after their own.",
        people=[people[name] for name in SUPERVISORS],
        hosts={"Samuel"},
        audience="supervisors",
    )
    began = now - timedelta(weeks=WEEKS)
    weekly = Series.begin(
        community=fridays,
        by=people["Marisol"],
        at=began,
        title="Friday practice",
        rrule="FREQ=WEEKLY;BYDAY=FR",
        starts_on=began.date(),
        local_time=time(9, 30),
        minutes=45,
        reflection_minutes=15,
        host=people["Linh"],
    )
    monthly = Series.begin(
        community=circle,
        by=people["Marisol"],
        at=began,
        title="Second Tuesday",
        rrule="FREQ=MONTHLY;BYDAY=2TU",
        starts_on=began.date(),
        local_time=time(14, 0),
        minutes=90,
        reflection_minutes=40,
        host=people["Samuel"],
    )
    for series in (weekly, monthly):
        series.plan_ahead(at=now)
    choose_focus(now)
    promise(people, now)


def found(
    agency: Agency,
    now: datetime,
    *,
    name: str,
    purpose: str,
    people: list[User],
    hosts: set[str],
    audience: str = "everyone",
) -> Community:
    """A community and its members, whom nobody mails a welcome for the past."""
    community = Community.found(
        agency=agency, name=name, purpose=purpose, audience=audience, by=None
    )
    began = now - timedelta(weeks=WEEKS)
    Membership.objects.bulk_create(
        Membership(
            community=community,
            person=person,
            role="host" if person.name.split()[0] in hosts else "member",
            since=max(began, person.joined_at),
        )
        for person in people
    )
    return community


def choose_focus(now: datetime) -> None:
    """Each session up to next week has worked, or will work, on one skill, in turn."""
    skills = list(Skill.objects.all())
    sessions = list(Session.objects.filter(starts_at__lt=now + timedelta(days=8)))
    for number, session in enumerate(sessions):
        session.focus_skill = skills[number // 3 % len(skills)]
    Session.objects.bulk_update(sessions, ["focus_skill"])


def promise(people: dict[str, User], now: datetime) -> None:
    """What people will try next time: some came back already, some are due today or soon."""
    chance = random.Random("promises")  # noqa: S311  # the same demo every time
    today: date = now.date()
    for name in PRACTICE:
        for weeks in (9, 5, 2, 0):
            made = now - timedelta(weeks=weeks + 1)
            due = today - timedelta(weeks=weeks) + timedelta(days=chance.choice((0, 0, 2, 5)))
            if made < people[name].joined_at:
                continue
            promised = Commitment.objects.create(
                person=people[name], text=chance.choice(NEXT_TIMES), due_on=due, made_at=made
            )
            if weeks:
                promised.outcomes.create(
                    kind=chance.choice(
                        (Outcome.Kind.TRIED, Outcome.Kind.TRIED, Outcome.Kind.LET_GO)
                    ),
                    words="Smaller than I feared, and it changed the next five minutes.",
                    at=now - timedelta(weeks=weeks),
                )
