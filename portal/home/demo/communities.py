"""The demo's communities, their sessions so far and to come, and what people promised."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from communities.models import Commitment, Community, Membership, Outcome, Series, Session
from portal.agencies.models import Agency
from portal.home.demo.journal import NEXT_TIMES, OUTCOMES
from portal.home.demo.people import NEIGHBOUR, everyone
from portal.home.demo.roll import TEAMS
from portal.people.models import User
from portal.practice.models import Skill

VIDEO = "Visits by video"
PLANNED_AHEAD = 20  # weeks: less than a series is planned ahead at once
WEEKS = 78  # of sessions behind us
PRACTICE = (
    *("Amina", "Teo", "Ruth", "Linh", "Jonas", "Priya", "Dana", "Elijah", "Noor", "Grace"),
    *("Maeve", "Andre", "Sofia", "Kwame", "Rosa"),
)
PEERS = (
    *("Owen", "Teo", "Grace", "Rosa", "Mina", "Pearl", "Darnell"),
    *("Esperanza", "Frank", "Zainab"),
)


@dataclass(frozen=True)
class Circle:
    """A community to found and its one series: `by` whom, since how many weeks."""

    name: str
    purpose: str
    people: tuple[str, ...]
    hosts: tuple[str, ...]
    title: str
    rrule: str
    local_time: time
    minutes: int = 60
    reflection_minutes: int = 20
    weeks: int = WEEKS
    audience: str = "everyone"
    by: str = "Marisol"
    over: int = 0  # weeks ago; 0: it goes on
    spans: bool = False  # reaches the other agency's people too


FRIDAYS = Circle(
    "Cedar Valley Fridays",
    "Forty-five quiet minutes a week to learn from practice, and to try one thing.",
    PRACTICE,
    ("Linh", "Ruth"),
    "Friday practice",
    "FREQ=WEEKLY;BYDAY=FR",
    time(9, 30),
    minutes=45,
    reflection_minutes=15,
)
CIRCLES = [
    FRIDAYS,
    Circle(
        "Supervisors' circle",
        "Where those who look after others' practice look after their own.",
        ("Ruth", "Samuel", "Beatrice", "Helen", "Marcus"),
        ("Samuel",),
        "Second Tuesday",
        "FREQ=MONTHLY;BYDAY=2TU",
        time(14, 0),
        minutes=90,
        reflection_minutes=40,
        audience="supervisors",
    ),
    Circle(
        "Riverside Wednesdays",
        "For the two teams that are new: the ten principles again, one at a time.",
        (*TEAMS["Helen"], *TEAMS["Marcus"], "Helen", "Marcus", "Ingrid"),
        ("Ingrid",),
        "Every other Wednesday",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
        time(13, 0),
        weeks=34,
    ),
    Circle(
        "Hill Street mornings",
        "Before the first visit of the month: one skill, in pairs, with coffee.",
        (*TEAMS["Beatrice"], "Beatrice", "Linh"),
        ("Beatrice",),
        "First Thursday",
        "FREQ=MONTHLY;BYDAY=1TH",
        time(8, 30),
    ),
    Circle(
        VIDEO,
        "What changes when a visit takes place on a screen, and what must not.",
        ("Linh", "Jonas", "Dana", "Tess", "Luis", "Andre"),
        ("Linh",),
        "Screens at noon",
        "FREQ=MONTHLY;BYDAY=3MO",
        time(12, 0),
        minutes=45,
        reflection_minutes=15,
        weeks=70,
        over=20,
    ),
]
NEXT_DOOR = [
    Circle(
        "Two rivers peer partners",
        "Peer partners of two agencies, once a month, on using one's own story well.",
        PEERS,
        ("Owen",),
        "Third Thursday",
        "FREQ=MONTHLY;BYDAY=3TH",
        time(11, 0),
        weeks=60,
        by="Ines",
        spans=True,
    ),
    Circle(
        "Lakeshore Thursdays",
        "Cases without names, and what each of us will try.",
        (*TEAMS["Owen"], *TEAMS["Paula"], "Simone", "Owen"),
        ("Simone",),
        "Fortnightly at four",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
        time(16, 0),
        by="Ines",
    ),
]


def load(agency: Agency, now: datetime) -> None:
    """Five communities of the agency, one of which is closed, and two of its neighbour's."""
    people = everyone()
    neighbour = Agency.objects.get(name=NEIGHBOUR)
    chosen = [(agency, circle) for circle in CIRCLES]
    chosen += [(neighbour, circle) for circle in NEXT_DOOR]
    for home, circle in chosen:
        community = found(home, circle, people, now)
        if circle.spans:
            community.span(agency, by=None)
        began = now - timedelta(weeks=circle.weeks)
        series = Series.begin(
            community=community,
            by=people[circle.by],
            at=began,
            title=circle.title,
            rrule=circle.rrule,
            starts_on=began.date(),
            local_time=circle.local_time,
            minutes=circle.minutes,
            reflection_minutes=circle.reflection_minutes,
            host=people[circle.hosts[0]],
        )
        for weeks in range(circle.weeks - PLANNED_AHEAD, circle.over, -PLANNED_AHEAD):
            series.plan_ahead(at=now - timedelta(weeks=weeks))  # as the days went by
        if not circle.over:
            series.plan_ahead(at=now)
        choose_focus(community, now - timedelta(weeks=circle.over))
    promise(people, now)


def close_one(now: datetime) -> None:
    """The circle on visits by video has done its work: it ended some months ago."""
    circle = next(each for each in CIRCLES if each.over)
    Community.objects.get(name=circle.name).close(
        by=everyone()["Marisol"],
        reason="We learned what we came for. What is left is on one page, in the resources.",
        at=now - timedelta(weeks=circle.over),
    )


def found(agency: Agency, circle: Circle, people: dict[str, User], now: datetime) -> Community:
    """A community and its members, whom nobody mails a welcome for the past."""
    community = Community.found(
        agency=agency,
        name=circle.name,
        purpose=circle.purpose,
        audience=circle.audience,
        by=None,
    )
    began = now - timedelta(weeks=circle.weeks)
    Membership.objects.bulk_create(
        Membership(
            community=community,
            person=people[name],
            role="host" if name in circle.hosts else "member",
            since=max(began, people[name].joined_at),
        )
        for name in circle.people
    )
    return community


def choose_focus(community: Community, now: datetime) -> None:
    """Each session up to next week has worked, or will work, on one skill, in turn."""
    skills = list(Skill.objects.all())
    sessions = list(
        Session.objects.filter(
            series__community=community, starts_at__lt=now + timedelta(days=8)
        ).order_by("starts_at")
    )
    for number, session in enumerate(sessions):
        session.focus_skill = skills[number // 3 % len(skills)]
    Session.objects.bulk_update(sessions, ["focus_skill"])


def promise(people: dict[str, User], now: datetime) -> None:
    """What people will try next time: most came back already, some are due today or soon."""
    chance = random.Random("promises")  # noqa: S311  # the same demo every time
    made: list[Commitment] = []
    for name in dict.fromkeys(n for each in (*CIRCLES[:4], *NEXT_DOOR) for n in each.people):
        for week in (60, 47, 38, 30, 22, 15, 9, 5, 2, 0):
            at = now - timedelta(weeks=week + 1)
            later = chance.choice((0, 0, 2, 5))
            if week == 0 and name in ("Amina", "Teo"):
                later = 0  # who signs in finds one that is due
            due = now.date() - timedelta(weeks=week) + timedelta(days=later)
            if at < people[name].joined_at or (name not in PRACTICE and week in (0, 5, 15, 30)):
                continue
            text = chance.choice(NEXT_TIMES)
            made.append(Commitment(person=people[name], text=text, due_on=due, made_at=at))
    Commitment.objects.bulk_create(made)
    Outcome.objects.bulk_create(
        Outcome(
            commitment=each,
            kind=chance.choice((Outcome.Kind.TRIED, Outcome.Kind.TRIED, Outcome.Kind.LET_GO)),
            words=chance.choice(OUTCOMES),
            at=each.made_at + timedelta(weeks=1),
        )
        for each in made
        if each.made_at < now - timedelta(weeks=2)
    )
