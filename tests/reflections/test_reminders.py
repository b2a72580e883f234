"""Who is left in peace: whoever has reflected, or answered."""

from datetime import timedelta

import pytest

from portal.notices.kinds import kinds
from portal.notices.models import Notice
from tests.communities.make_routines import FIRST, FORTNIGHTLY, routine, told
from tests.reflections import make


def kept(person, at):
    entry = make.kept(person)
    type(entry).objects.filter(pk=entry.pk).update(started_at=at, saved_at=at, kept_at=at)
    return entry


@pytest.mark.parametrize(("days_before", "is_nudged"), [(1, False), (13, False), (15, True)])
def test_who_reflected_in_this_period_is_not_nudged(cast, days_before, is_nudged):
    routine(cast.northside.agency, rhythm=FORTNIGHTLY, roles=["facilitator", "peer_partner"])
    kept(cast.facilitator, FIRST - timedelta(days=days_before))

    heard = told(FIRST)

    assert ("Amara" in heard, "Benito" in heard) == (is_nudged, True)


def test_who_reflects_while_the_mail_waits_is_spared_it(cast):
    weekly = routine(cast.northside.agency)
    told(FIRST)
    notice = Notice.objects.get(recipient=cast.facilitator)
    kind = kinds[notice.kind]

    assert kind.still_holds(notice, weekly)
    kept(cast.facilitator, FIRST + timedelta(minutes=5))
    assert not kind.still_holds(notice, weekly)


def test_a_draft_is_no_reflection_yet(cast):
    routine(cast.northside.agency)
    entry = make.draft(cast.facilitator)
    type(entry).objects.filter(pk=entry.pk).update(saved_at=FIRST)

    assert "Amara" in told(FIRST)


def test_who_was_shared_a_reflection_is_asked_after_two_days(cast):
    routine(cast.northside.agency, kind="reflections.waiting")
    entry = make.shared_with_supervisor(cast)
    entry.shares.update(at=FIRST - timedelta(days=1))
    assert told(FIRST) == set()
    entry.shares.update(at=FIRST - timedelta(days=3))
    a_week_on = FIRST + timedelta(days=7)
    assert told(a_week_on) == {"Carol"}

    entry.respond(by=cast.supervisor, text="What did you notice?")
    assert told(a_week_on + timedelta(days=7)) == set()
