"""The one next step on a person's page: what the two can do now, never a verdict."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fidelity.contacts import ENOUGH, contacts_of
from fidelity.models import Feedback, FocusGoal, Review
from portal.people.models import User
from portal.prepared import prepared
from portal.web.templatetags.ui import local_day


@dataclass(frozen=True)
class Step:
    words: str
    url: str
    label: str


def own_step(person: User, goal: FocusGoal | None) -> Step:
    """For the person themself. Two queries at most."""
    latest = _latest_feedback.first(person)
    if latest and latest.read_at is None:
        words = _("%(author)s wrote you feedback. You read it first, and alone.")
        return _to(latest, words % {"author": latest.author}, _("Read it"))
    if goal:
        return _of_goal(goal, person)
    if latest and not latest.has_goals:
        words = _("After the feedback from %(author)s the two of you can agree on one goal.")
        url = reverse("fidelity:goals.new", args=[latest.pk])
        return Step(words % {"author": latest.author}, url, _("Propose a goal"))
    url = reverse("fidelity:reviews.new") + f"?subject={person.pk}"
    words = _("A self-check takes five minutes and gives you your own point beside the others.")
    return Step(words, url, _("Do a self-check"))


def step_with(reader: User, person: User, goal: FocusGoal | None) -> Step:
    """For who supervises or coaches the person. Four queries at most."""
    if (waiting := _to_release.first(reader, person.pk)) is not None:
        words = _("A review of them is submitted, and they have not seen it. Soon after is best.")
        return Step(words, reverse("fidelity:releases.new", args=[waiting[0]]), _("Release it"))
    if (draft := _open_review.first(reader, person.pk)) is not None:
        pk, due_on = draft
        words = _("You have an open review of them.")
        if due_on:
            words = format_html(_("Your review of them is due by {day}."), day=local_day(due_on))
        return Step(words, reverse("fidelity:reviews.edit", args=[pk]), _("Go on with it"))
    if goal and (goal.is_due or not goal.is_agreed):
        return _of_goal(goal, reader)
    contacts = contacts_of([person.pk])[person.pk]
    if contacts < ENOUGH:
        words = ngettext(
            "%(n)s observation with feedback in the last 6 months. Skill holds with three or more.",
            "%(n)s observations with feedback in the last 6 months. Skill holds with three or "
            "more.",
            contacts,
        )
        url = reverse("fidelity:reviews.new") + f"?subject={person.pk}"
        return Step(words % {"n": contacts}, url, _("Start a review"))
    if goal:
        return _of_goal(goal, reader)
    if (told := _told_by.first(reader, person.pk)) is not None:
        words = _("They have read your feedback. The two of you can agree on one goal.")
        return Step(words, reverse("fidelity:goals.new", args=[told[0]]), _("Propose a goal"))
    url = reverse("fidelity:reviews.new") + f"?subject={person.pk}"
    return Step(_("Watch, and say something useful about it."), url, _("Start a review"))


def _of_goal(goal: FocusGoal, reader: User) -> Step:
    if not goal.is_agreed:
        if goal.proposed_by_id == reader.pk:
            words = _("You proposed a goal. It waits for the other to agree.")
            return _to(goal, words, _("See the proposal"))
        words = _("%(person)s proposed a goal.") % {"person": goal.proposed_by}
        return _to(goal, words, _("Read the proposal"))
    if goal.is_due:
        return _to(goal, _("The day has come to look at the goal."), _("Say what became of it"))
    words = format_html(_("The goal comes back on {day}."), day=local_day(goal.due_on))
    return _to(goal, words, _("See the goal"))


def _to(thing: Feedback | FocusGoal, words: str, label: str) -> Step:
    return Step(words, thing.get_absolute_url(), label)


@prepared
def _latest_feedback(person: User) -> QuerySet[Any, Any]:
    goals = FocusGoal.objects.filter(feedback=OuterRef("pk")).order_by()
    found = Feedback.objects.for_reader(person).annotate(has_goals=Exists(goals))
    return found.order_by("-written_at", "-pk")[:1]


@prepared
def _to_release(reader: User, person: int) -> QuerySet[Any, Any]:
    found = Review.objects.releasable_by(reader).filter(subject=person)
    return found.order_by("submitted_at", "pk").values_list("pk")[:1]


@prepared
def _open_review(reader: User, person: int) -> QuerySet[Any, Any]:
    found = Review.objects.editable_by(reader).filter(subject=person)
    return found.order_by("due_on", "started_at", "pk").values_list("pk", "due_on")[:1]


@prepared
def _told_by(reader: User, person: int) -> QuerySet[Any, Any]:
    found = Feedback.objects.visible_to(reader).filter(
        review__subject=person, author=reader, read_at__isnull=False, goals=None
    )
    return found.order_by("-written_at", "-pk").values_list("pk")[:1]
