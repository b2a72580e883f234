"""Who means to come, as the reader may see it: one's own answer, and for the host everybody's."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.forms.rsvps import RsvpForm
from communities.models import Rsvp, Series, Session
from portal.people.models import User
from portal.prepared import prepared

SHOWN = ("session", "answer", "word", "person__name", "person__email")
IN_SHORT: dict[str, str | Promise] = {
    Rsvp.Answer.YES: _("Coming"),
    Rsvp.Answer.MAYBE: _("Maybe"),
    Rsvp.Answer.NO: _("Not coming"),
}


@prepared
def _given(session: int) -> QuerySet[Rsvp]:
    rsvps = Rsvp.objects.filter(session=session).select_related("person").only(*SHOWN)
    return rsvps.order_by("answer", "person__name", "pk")


@prepared
def _given_by(person: int, session: int) -> QuerySet[Rsvp]:
    return Rsvp.objects.filter(person=person, session=session)


def answers_on(session: Session | None, person: User, *, runs: bool) -> dict[str, Any] | None:
    """What a page shows of the answers for a session. One query; None where there are none to
    give and none to read."""
    if session is None:
        return None
    comes = session.community.is_joined_by(person)
    if not (comes or runs):
        return None
    given = _given(session.pk) if runs else _given_by(person.pk, session.pk)
    mine = next((each for each in given if each.person_id == person.pk), None)
    open_to_answers = comes and not session.is_cancelled and not session.is_over()
    return {
        "session": session,
        "mine": mine,
        "form": RsvpForm(initial=RsvpForm.of(mine)) if open_to_answers else None,
        "counts": _counts(given) if runs else None,
        "words": [each for each in given if each.word] if runs else [],
        "given": given if runs else [],
    }


def next_answers(
    series: Series, coming: Iterable[Session], person: User, *, runs: bool
) -> dict[str, Any] | None:
    """The same of the first that stands among the series' sessions to come. One query."""
    following = next((each for each in coming if not each.is_cancelled), None)
    if following is not None:
        following.series = series  # with its community
    return answers_on(following, person, runs=runs)


def _counts(given: list[Rsvp]) -> list[dict[str, Any]]:
    """How many said each, also where that is nobody."""
    said = [each.answer for each in given]
    return [{"label": label, "n": said.count(answer)} for answer, label in IN_SHORT.items()]
