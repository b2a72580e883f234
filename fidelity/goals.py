"""The goal that somebody works at, as the pages around it show it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from fidelity.models import FocusGoal
from portal.people.models import User
from portal.prepared import prepared

NAMES = ("person", "reviewer", "proposed_by")


def current_goal(person: int | None, agency: int) -> FocusGoal | None:
    """What a person has agreed on: for whoever reviews them or tells them something. One query."""
    return _current.first(person, [agency]) if person else None


def open_goal(reader: User, person: int, agencies: list[int]) -> FocusGoal | None:
    """The goal or the proposal of a person that `reader` may see. Two queries, one without a
    goal: most people have none, and three joins take the database longer to plan than to answer."""
    goal = _open.first(reader, person, agencies)
    if goal is not None:
        people = User.objects.in_bulk({goal.person_id, goal.reviewer_id, goal.proposed_by_id})
        goal.person, goal.reviewer = people[goal.person_id], people[goal.reviewer_id]
        goal.proposed_by = people[goal.proposed_by_id]
    return goal


def goals_due(reader: User, on: date) -> list[FocusGoal]:
    """Of those whom `reader` supervises or coaches, or looks at a goal with; the first due first.
    One query."""
    return _due(reader, on)


@prepared
def _current(person: int, agencies: list[int]) -> QuerySet[FocusGoal]:
    return FocusGoal.objects.current(person, agencies).select_related(*NAMES)


@prepared
def _open(reader: User, person: int, agencies: list[int]) -> QuerySet[FocusGoal]:
    seen = FocusGoal.objects.visible_to(reader).open()
    return seen.filter(person=person, agency__in=agencies)


@prepared
def _due(reader: User, on: date) -> QuerySet[Any, Any]:
    seen = FocusGoal.objects.visible_to(reader).due(on).exclude(person=reader)
    return seen.select_related("person", "reviewer")
