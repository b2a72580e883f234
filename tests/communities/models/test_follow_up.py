"""After a session: a summary to its members, a question to a host who left nothing, each once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import Attendance, FollowUp, Session, follow_up
from communities.models.follow_up import thin_out_notes
from communities.tasks import follow_up as the_task
from portal.notices.kinds import kinds
from portal.notices.models import Notice
from tests.communities import make, make_meetings


@pytest.fixture
def session(cast) -> Session:
    return make_meetings.meeting(make.circle(cast))


def told(kind: str) -> list[str]:
    notices = Notice.objects.filter(kind=kind).select_related("recipient")
    return sorted(notice.recipient.name for notice in notices)


def test_members_get_a_summary_an_hour_after_once(cast, session):
    make_meetings.notes(session, cast.coach)

    assert follow_up(session.ends_at + timedelta(minutes=59)) == 0
    assert follow_up(session.ends_at + timedelta(minutes=61)) == 1
    assert follow_up(session.ends_at + timedelta(hours=2)) == 0
    assert told("session.summary") == ["Amara Okafor", "Dae Kim"]


def test_a_day_later_the_host_of_a_session_without_a_trace_is_asked_once(cast, session):
    for hours in (23, 25, 26):
        follow_up(session.ends_at + timedelta(hours=hours))

    assert told("session.record_missing") == ["Dae Kim"]
    assert told("session.summary") == []


@pytest.mark.parametrize("missing", ["notes", "attendance"])
def test_one_of_the_two_missing_is_enough_to_ask(cast, session, missing):
    if missing == "notes":
        Attendance.mark(session, cast.facilitator, by=cast.coach)
    else:
        make_meetings.notes(session, cast.coach)
    follow_up(session.ends_at + timedelta(hours=25))

    assert told("session.record_missing") == ["Dae Kim"]


def test_nobody_is_asked_of_a_session_that_has_both_or_was_called_off_or_long_ago(cast, session):
    make_meetings.notes(session, cast.coach)
    Attendance.mark(session, cast.facilitator, by=cast.coach)
    off = make.session(make.circle(cast))
    off.cancel(by=cast.coach)
    old = make_meetings.meeting(make.circle(cast))

    follow_up(session.ends_at + timedelta(hours=25))
    follow_up(off.ends_at + timedelta(hours=25))
    FollowUp.objects.filter(session=old).delete()
    follow_up(old.ends_at + timedelta(days=8))

    asked = FollowUp.objects.filter(kind="asked").values_list("session", flat=True)
    assert {session.pk, off.pk, old.pk} & set(asked) == set()


def test_where_the_host_has_left_the_hosts_are_asked(cast, session):
    Session.objects.filter(pk=session.pk).update(host=cast.newcomer)
    follow_up(session.ends_at + timedelta(hours=25))

    assert told("session.record_missing") == ["Dae Kim"]


def test_a_question_that_was_answered_meanwhile_is_not_sent(cast, session):
    follow_up(session.ends_at + timedelta(hours=25))
    notice, kind = (
        Notice.objects.get(kind="session.record_missing"),
        kinds["session.record_missing"],
    )

    assert kind.still_holds(notice, session)
    make_meetings.notes(session, cast.coach)
    assert kind.still_holds(notice, session)
    Attendance.mark(session, cast.facilitator, by=cast.coach)
    assert not kind.still_holds(notice, session)


def test_the_task_sends_what_is_due(cast, session):
    make_meetings.notes(session, cast.coach)
    long = timedelta(hours=3)
    Session.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - long, ends_at=session.ends_at - long
    )
    the_task()

    assert FollowUp.objects.get().kind == "summary"


def test_saves_between_sittings_are_forgotten_after_a_day_and_not_before(cast, session):
    for base, text in enumerate(("a", "a b", "a b c")):
        make_meetings.save_notes(session, text, base=base, page="p", by=cast.coach)

    assert thin_out_notes(timezone.now()) == 0
    assert thin_out_notes(session.ends_at + timedelta(hours=25)) == 2
    assert session.notes_versions.get().text == "a b c"


def test_the_database_keeps_one_of_a_kind(session):
    session.follow_ups.create(kind="summary")
    for kind in ("summary", "lunch"):
        with pytest.raises(IntegrityError), transaction.atomic():
            session.follow_ups.create(kind=kind)
