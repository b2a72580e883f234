"""The demo's sampling plan, focus goals and practice experiment."""

import random
from datetime import datetime, timedelta

from fidelity.models import Experiment, Feedback, FocusGoal, Measure, SamplingPlan, Version
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.home.demo.reviews import RUBRIC, scored, version_of

PLANNED = ("Amina", "Jonas", "Priya", "Teo", "Dana", "Sofia", "Kwame", "Grace")
REVIEWERS = ("Linh", "Ruth", "Samuel")
GOALS = {  # agreed, but for the last, which waits for an answer; days until it is looked at
    "Amina": ("Ask before I offer", ["Two open questions first", "Count my offers in a visit"], 21),
    "Jonas": ("Let the family name the strength", ["Ask for one, and wait"], -2),
    "Teo": ("Hand the pen over once a meeting", ["Put it on the table before we begin"], 30),
}


def load(agency: Agency, now: datetime) -> None:
    """A plan four months old, some of it done and some late; three goals; two cycles of a trial."""
    people = everyone()
    version = version_of(RUBRIC)
    _plan(agency, version, now)
    for name, (text, actions, days) in GOALS.items():
        told = Feedback.objects.filter(
            review__subject=people[name], written_at__lt=now - timedelta(days=12)
        ).order_by("-written_at", "-pk")
        feedback = told.select_related("review__subject", "review__agency", "author")[0]
        feedback.read(by=people[name], at=feedback.written_at + timedelta(days=1))
        goal = FocusGoal.objects.propose(
            feedback,
            by=feedback.author,
            at=feedback.written_at + timedelta(days=2),
            text=text,
            actions=actions,
            due_on=(now + timedelta(days=days)).date(),
            reviewer=feedback.author,
        )
        if name != "Teo":
            goal.agree(by=people[name], at=feedback.written_at + timedelta(days=3))
    _experiment(agency, version, now)


def _plan(agency: Agency, version: Version, now: datetime) -> None:
    people = everyone()
    chance = random.Random("practice")  # noqa: S311  # the same demo every time
    begins = now - timedelta(days=130)
    plan = SamplingPlan.objects.create(
        agency=agency,
        version=version,
        each=2,
        begins_on=begins.date(),
        ends_on=(now + timedelta(days=50)).date(),
        bars_supervisor=True,
        made_by=people["Linh"],
        made_at=begins,
    )
    plan.people.set(people[name] for name in PLANNED)
    plan.reviewers.set(people[name] for name in REVIEWERS)
    items = list(version.sheet.items.all())
    made = plan.assign(plan.proposal(begins.date()), by=people["Linh"], at=begins)
    first = [review for review in made if review.due_on and review.due_on < now.date()]
    for review in first[2:]:  # two are late
        assert review.reviewer is not None and review.subject is not None
        at = now - timedelta(days=45 + chance.randrange(20))
        review.begin(practised_on=at.date(), at=at)
        review.submit(by=review.reviewer, entries=scored(items, 0.75, chance), at=at)
        Feedback.objects.release(
            review,
            by=review.reviewer,
            text="You asked first today, and it changed the plan. Next time, wait a little longer.",
            at=at + timedelta(days=1),
        ).read(by=review.subject, at=at + timedelta(days=2))


def _experiment(agency: Agency, version: Version, now: datetime) -> None:
    people = everyone()
    measure = Measure.objects.filter(version=version).order_by("place")[0]
    team = (agency.pk, people["Ruth"].pk)
    first = Experiment.objects.start(
        by=people["Ruth"],
        team=team,
        measure=measure,
        source="observation",
        prediction="In two of three meetings somebody of the family names the first strength.",
        aim="Strengths in the family's own words",
        change="We begin each meeting with one open question about what went well.",
        begins_on=(now - timedelta(days=70)).date(),
        ends_on=(now - timedelta(days=42)).date(),
        at=now - timedelta(days=72),
    )
    first.begin(by=people["Ruth"], at=now - timedelta(days=70))
    first.decide(
        "adapt",
        by=people["Ruth"],
        done="Nine meetings. In four of them a parent named the first strength.",
        learned="The question works where we wait. We spoke again too soon.",
        at=now - timedelta(days=40),
    )
    Experiment.objects.start(
        by=people["Amina"],
        team=team,
        measure=measure,
        source="observation",
        follows=first,
        prediction="With ten seconds of silence the family names it in two of three meetings.",
        aim="Strengths in the family's own words",
        change="The same question, then we count to ten.",
        begins_on=(now - timedelta(days=10)).date(),
        ends_on=(now + timedelta(days=18)).date(),
        at=now - timedelta(days=12),
    ).begin(by=people["Amina"], at=now - timedelta(days=10))
