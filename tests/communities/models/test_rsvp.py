"""Whether one comes: said, changed, closed when there is nothing left to answer for."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import Rsvp
from communities.notices import SessionReminder
from communities.reminders import BeforeSessionSoon
from portal.notices.models import Notice
from portal.reminders.models import Occurrence, Rule
from tests.communities import make


@pytest.fixture
def session(cast):
    return make.session(make.circle(cast))


def test_the_last_answer_counts(cast, session):
    Rsvp.give(session, cast.facilitator, answer="yes")
    Rsvp.give(session, cast.facilitator, answer="maybe", word=" I may be late ")

    assert [(r.answer, r.word) for r in session.rsvps.all()] == [("maybe", "I may be late")]


def test_the_same_again_changes_nothing(cast, session):
    first = Rsvp.give(session, cast.facilitator, answer="yes")
    again = Rsvp.give(session, cast.facilitator, answer="yes", at=first.at + timedelta(hours=1))

    assert again.at == first.at


@pytest.mark.parametrize("why", ["called off", "over"])
def test_what_is_called_off_or_over_takes_no_answer(cast, session, why):
    at = timezone.now()
    if why == "over":
        at = session.ends_at
    else:
        session.cancel(by=cast.coach)

    with pytest.raises(ValidationError, match=why):
        Rsvp.give(session, cast.facilitator, answer="yes", at=at)
    assert not session.rsvps.exists()


def test_a_strange_answer_is_refused_by_the_database(cast, session):
    with pytest.raises(IntegrityError), transaction.atomic():
        Rsvp.objects.create(session=session, person=cast.facilitator, answer="why")


def test_two_answers_of_one_person_are_refused_by_the_database(cast, session):
    Rsvp.give(session, cast.facilitator, answer="yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        Rsvp.objects.create(session=session, person=cast.facilitator, answer="no")


def reminded(session) -> set[str]:
    rule = Rule.objects.get(kind=BeforeSessionSoon.kind, owner_id=session.series_id)
    wall = next(o for o in session.series.recurrence.following(timezone.now(), 1)).wall
    occurrence = Occurrence(
        rule=rule, wall=wall, starts_at=session.starts_at, due_at=session.starts_at
    )
    return {person.name for person in BeforeSessionSoon.audience(rule, occurrence)}


def test_who_said_no_is_not_reminded(cast, session):
    assert reminded(session) == {"Amara Okafor", "Dae Kim"}

    Rsvp.give(session, cast.facilitator, answer="no")
    assert reminded(session) == {"Dae Kim"}

    Rsvp.give(session, cast.facilitator, answer="yes")
    assert reminded(session) == {"Amara Okafor", "Dae Kim"}


def test_saying_no_takes_back_a_reminder_that_waits(cast, session):
    SessionReminder.tell([cast.facilitator, cast.coach], about=session, due_at=session.starts_at)

    Rsvp.give(session, cast.facilitator, answer="no")

    standing = Notice.objects.standing().filter(kind=SessionReminder.kind)
    assert [notice.recipient for notice in standing] == [cast.coach]
    notice = Notice.objects.get(kind=SessionReminder.kind, recipient=cast.facilitator)
    assert not SessionReminder.still_holds(notice, session)


def test_leaving_takes_answers_for_what_is_to_come(cast, session):
    Rsvp.give(session, cast.facilitator, answer="yes")
    Rsvp.give(session, cast.coach, answer="yes")

    session.community.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert [r.person for r in session.rsvps.all()] == [cast.coach]
