"""Every notice renders in three, and gives away nothing in its subject."""

import pytest

from communities.models import Rsvp
from communities.notices import (
    MembershipWelcome,
    SeriesChanged,
    SeriesEnded,
    SessionCancelled,
    SessionMoved,
    SessionReminder,
)
from portal.notices.mail import words
from portal.notices.models import Notice
from tests.communities import make


@pytest.fixture
def subjects(cast):
    circle = make.circle(cast, "Fridays", purpose="A purpose that stays inside")
    session = make.session(circle, title="Evoking")
    membership = circle.memberships.get(person=cast.facilitator)
    return {
        MembershipWelcome: membership,
        SessionReminder: session,
        SessionCancelled: session,
        SeriesChanged: session.series,
        SeriesEnded: session.series,
    }


KINDS = [MembershipWelcome, SessionReminder, SessionCancelled, SeriesChanged, SeriesEnded]


@pytest.mark.parametrize("kind", KINDS)
def test_its_three_files_name_the_community_and_nothing_private(cast, subjects, kind):
    subject = subjects[kind]
    kind.tell([cast.facilitator], about=subject)
    notice = Notice.objects.get(kind=kind.kind, recipient=cast.facilitator)

    said = words(kind, notice, subject)
    files = [said.subject, said.text, said.html]

    assert len(files[0].strip().splitlines()) == 1
    assert "<" not in files[0] + files[1]
    assert all("Fridays" in body for body in files[1:])
    assert "/communities/" in kind.url(notice, subject)
    assert not any("A purpose that stays inside" in text for text in files)


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_while_the_person_belongs(cast, subjects, kind):
    subject = subjects[kind]
    kind.tell([cast.facilitator], about=subject)
    notice = Notice.objects.get(kind=kind.kind, recipient=cast.facilitator)
    assert kind.still_holds(notice, subject)

    subjects[MembershipWelcome].end(by=cast.admin)

    subject.refresh_from_db()
    assert not kind.still_holds(notice, type(subject).objects.get(pk=subject.pk))
    assert not kind.still_holds(notice, None)


def test_who_said_no_hears_of_a_new_time_but_is_not_reminded(cast, subjects):
    session = subjects[SessionReminder]
    Rsvp.give(session, cast.facilitator, answer="no")
    for kind, holds in ((SessionReminder, False), (SessionMoved, True)):
        kind.tell([cast.facilitator], about=session)
        notice = Notice.objects.get(kind=kind.kind, recipient=cast.facilitator)
        assert kind.still_holds(notice, session) is holds


def test_a_reminder_of_a_called_off_session_holds_no_more(cast, subjects):
    session = subjects[SessionReminder]
    SessionReminder.tell([cast.facilitator], about=session)
    notice = Notice.objects.get(kind="session.reminder")

    session.cancel(by=cast.coach)

    notice.refresh_from_db()
    assert notice.withdrawn_at is not None
    assert not SessionReminder.still_holds(notice, session)
