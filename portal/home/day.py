"""A person's day: what is next, and what waits for them. One query a question, each asked once."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Commitment, Community, Session
from communities.waiting import Asked, waiting_for
from fidelity.models import Feedback, FocusGoal, Review
from fidelity.shipped import spoken
from portal.agencies.access import agencies_of, has_role, positions_of
from portal.agencies.models import Role
from portal.people.models import User
from portal.practice.vocabulary import name_of
from portal.prepared import prepared
from portal.web.templatetags.ui import local_day
from reflections.models import Reflection

SHOWN = 3  # of each: a day page is no list


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, and where to take it up."""

    icon: str
    title: str
    url: str
    meta: str = ""


@dataclass(frozen=True)
class Coming:
    """A session to come, in as many words as a day page has."""

    pk: int
    url: str
    starts_at: datetime
    community: str
    agency: int
    focus: str
    on: bool  # it has begun and goes on


@dataclass(frozen=True)
class Day:
    greeting: str
    today: str
    sessions: list[Coming]
    commitments: list[Waiting]
    waiting: list[Waiting | Asked] = field(default_factory=list)
    first_steps: list[Waiting] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        return not (self.sessions or self.commitments or self.waiting)


def day_of(person: User, at: datetime | None = None) -> Day:
    """What `person` finds on "today". At most eleven queries, whatever they have."""
    at = at or timezone.now()
    sessions = sessions_of(person, at)
    # Translators: today in full, in Django's date format letters
    today = capfirst(date_format(timezone.localtime(at), _("l, F j")))
    return Day(
        greeting=greeting(timezone.localtime(at).hour, person),
        today=today,
        sessions=sessions,
        commitments=commitments_of(person, at),
        waiting=[
            *waiting_for(person),
            *drafts_of(person),
            *feedback_for(person),
            *answers_wanted_from(person),
            *reviews_open_of(person),
            *goals_of(person, at),
        ],
        first_steps=first_steps_of(person, sessions),
    )


def sessions_of(person: User, at: datetime) -> list[Coming]:
    """Their own next sessions; an admin's are the agency's too."""
    return [
        Coming(
            pk=pk,
            url=reverse(
                f"communities:{'meetings' if starts_at <= at else 'sessions'}.show", args=[pk]
            ),
            starts_at=starts_at,
            community=community,
            agency=agency,
            focus=name_of("skill", skill) or name_of("principle", principle),
            on=starts_at <= at,
        )
        for pk, starts_at, community, agency, skill, principle in _next_sessions(person, at)
    ]


@prepared
def _next_sessions(person: User, at: datetime) -> QuerySet[Any, Any]:
    mine = Session.objects.joined_by(person)
    if has_role(person, Role.ADMIN):
        mine = Session.objects.visible_to(person)
    # Values and not objects: a day page asks six things, and each should cost little.
    return (
        mine.standing()
        .upcoming(at)
        .values_list(
            "pk",
            "starts_at",
            "series__community__name",
            "series__community__agency_id",
            "focus_skill_id",
            "focus_principle_id",
        )[:SHOWN]
    )


def commitments_of(person: User, at: datetime) -> list[Waiting]:
    """What they said they would try, and that comes back today or came before."""
    return [
        Waiting("next-time", text, reverse("communities:commitments.edit", args=[pk]))
        for pk, text in _due(person.pk, timezone.localdate(at))
    ]


@prepared
def _due(person: int, on: date) -> QuerySet[Any, Any]:
    due = Commitment.objects.visible_to(person).due(on)
    return due.values_list("pk", "text")[:SHOWN]


def greeting(hour: int, person: User) -> str:
    """By the reader's own clock; hours 0 to 23."""
    words = {"name": person.get_short_name()}
    if 4 <= hour < 12:
        return _("Good morning, %(name)s") % words
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % words
    return _("Good evening, %(name)s") % words


def drafts_of(person: User) -> list[Waiting]:
    return [
        Waiting(
            "pen",
            _("Finish what you began to write"),
            reverse("reflections:reflections.edit", args=[key]),
            format_html(_("Saved {day}. Only you can read it."), day=local_day(saved_at)),
        )
        for key, saved_at in _last_draft(person.pk)
    ]


@prepared
def _last_draft(person: int) -> QuerySet[Any, Any]:
    return Reflection.objects.by(person).drafts().values_list("key", "saved_at")[:1]


def feedback_for(person: User) -> list[Waiting]:
    return [
        Waiting(
            "message",
            _("%(name)s wrote you feedback") % {"name": feedback.author.get_short_name()},
            feedback.get_absolute_url(),
            format_html(
                _("On your practice of {day}. You read it first."),
                day=local_day(feedback.review.practised_on),
            ),
        )
        for feedback in _fresh_feedback(person)
    ]


@prepared
def _fresh_feedback(person: User) -> QuerySet[Feedback]:
    fresh = (
        Feedback.objects.for_reader(person).filter(read_at=None).select_related("author", "review")
    )
    named = fresh.only("review__practised_on", "author__name", "author__email")
    return named[:SHOWN]


def answers_wanted_from(person: User) -> list[Waiting]:
    """For those who supervise or coach: how many shared reflections wait for an answer."""
    if not has_role(person, Role.SUPERVISOR, Role.COACH):
        return []
    count = Reflection.count_awaiting_answer(person)
    if not count:
        return []
    words = ngettext(
        "%(count)d reflection waits for your answer",
        "%(count)d reflections wait for your answer",
        count,
    )
    url = reverse("reflections:responses.index")
    return [Waiting("journal", words % {"count": count}, url, _("The oldest comes first."))]


def reviews_open_of(person: User) -> list[Waiting]:
    return [
        Waiting(
            "clipboard",
            _("Finish your review of %(name)s") % {"name": name or email or recording},
            reverse("fidelity:reviews.edit", args=[pk]),
            spoken(instrument),
        )
        for pk, name, email, recording, instrument in _open_reviews(person)
    ]


@prepared
def _open_reviews(person: User) -> QuerySet[Any, Any]:
    drafts = Review.objects.editable_by(person).order_by("started_at")
    return drafts.values_list(
        "pk",
        "subject__name",
        "subject__email",
        "recording__label",
        "version__instrument__name",
    )[:SHOWN]


def goals_of(person: User, at: datetime) -> list[Waiting]:
    """Proposals that wait for their word, and goals to look at by today: their own, and those that
    they look at with somebody."""
    return [_about_goal(person, *row) for row in _goals(person, timezone.localdate(at))]


def _about_goal(
    person: User, pk: int, agreed_at: datetime | None, proposer: str, whose: int, name: str
) -> Waiting:
    title, meta = _("Your focus goal comes back"), _("Met, carried on or let go: say which.")
    if agreed_at is None:
        title = _("%(name)s proposed a goal") % {"name": proposer}
        meta = _("It counts once both of you agree.")
    elif whose != person.pk:
        title = _("Look at the goal of %(name)s together") % {"name": name}
    return Waiting("target", title, reverse("fidelity:goals.show", args=[pk]), meta)


@prepared
def _goals(person: User, on: date) -> QuerySet[Any, Any]:
    proposed = FocusGoal.objects.agreeable_by(person)
    found = proposed | FocusGoal.objects.settleable_by(person).due(on)
    agreed = IsNull(F("agreed_at"), False)
    proposer, name = (
        Coalesce(NullIf(f"{who}__name", Value("")), f"{who}__email", output_field=TextField())
        for who in ("proposed_by", "person")
    )
    rows = found.order_by(agreed, "due_on", "pk")
    return rows.values_list("pk", "agreed_at", proposer, "person", name)[:SHOWN]


def first_steps_of(person: User, sessions: list[Coming]) -> list[Waiting]:
    """For an admin whose agency has no community yet: the way to a first session."""
    agencies = agencies_of(person, Role.ADMIN)
    # A session of theirs to come has a community: then there is nothing to look for.
    if not agencies or any(session.agency in agencies for session in sessions):
        return []
    if Community.objects.administered_by(person).exists():
        return []
    agency = next(p.agency for p in positions_of(person) if p.role == Role.ADMIN)
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        ("invite", _("Invite your people"), "agencies:invitations.new", {"pk": agency.pk}),
        ("community", _("Set up a first community"), "communities:communities.new", {}),
    ]
    return [
        Waiting(icon, title, reverse(url, kwargs=arguments))
        for icon, title, url, arguments in steps
    ]
