"""When a person wants mail: held to the next allowed minute, or not sent when that is too late."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from portal.notices.habits import Habits
from portal.notices.models import Digest, Notice, QuietHours
from portal.notices.sending import deliver_due
from tests.portal.notices import make
from tests.portal.notices.make import NOON, at

THURSDAY = at("2026-11-26 17:00")  # noon in New York; Thanksgiving there


@pytest.fixture
def amara(cast):
    return cast.facilitator


def quiet(person, **fields):
    QuietHours.objects.create(person=person, **fields)


@pytest.mark.parametrize(
    ("weekdays", "asked", "decent"),
    [
        ([], "2026-11-27 17:00", "2026-11-27 17:00"),
        ([5, 6], "2026-11-27 17:00", "2026-11-27 17:00"),
        ([5, 6], "2026-11-28 17:00", "2026-11-30 12:00"),  # until Monday, and the quiet hours' end
        ([4, 5, 6], "2026-11-27 17:00", "2026-11-30 12:00"),
    ],
)
def test_quiet_days_hold_mail_until_the_next_decent_minute(amara, weekdays, asked, decent):
    quiet(amara, weekdays=weekdays)

    assert Habits.of(amara).decent(at(asked)) == at(decent)


def test_quiet_days_hold_without_quiet_hours(amara):
    quiet(amara, on=False, weekdays=[5, 6])

    assert Habits.of(amara).decent(at("2026-11-28 17:00")) == at("2026-11-30 05:00")


def test_a_public_holiday_of_the_agency_holds_mail_for_whoever_wants_that(cast, amara):
    type(cast.northside.agency).objects.update(country="US")
    quiet(cast.coach, on_holidays=True)

    assert Habits.of(amara).decent(THURSDAY) == THURSDAY
    assert Habits.of(cast.coach).decent(THURSDAY) == at("2026-11-27 12:00")


def test_leave_holds_mail_until_one_is_back(amara):
    make.leave(amara, "2026-11-24", "2026-12-01")
    make.leave(amara, "2026-12-02", "2026-12-04")

    assert Habits.of(amara).decent(NOON) == at("2026-12-05 12:00")


def test_every_day_closed_is_refused(amara):
    with pytest.raises(IntegrityError), transaction.atomic():
        quiet(amara, weekdays=[0, 1, 2, 3, 4, 5, 6])


def test_many_people_are_read_together(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = Habits.of_many(cast.northside.people())

    assert found[cast.coach.pk].decent(NOON) == NOON


@pytest.mark.parametrize(("days", "state"), [(10, "planned"), (1, "suppressed")])
def test_on_leave_a_mail_waits_or_is_dropped_when_it_would_come_too_late(cast, amara, days, state):
    make.leave(amara, "2026-11-24", "2026-11-28")
    delivery = make.delivery(amara, cast.northside.agency, expires_at=NOON + timedelta(days=days))

    deliver_due(NOON)

    delivery.refresh_from_db()
    assert delivery.state == state
    if state == "planned":
        assert delivery.next_try_at == at("2026-11-29 12:00")


def daily(person, **fields):
    about = {"categories": ["sessions"], "weekday": None, "local_time": time(8), "at": NOON}
    return Digest.choose(person, **about | fields)


EIGHT = at("2026-11-25 13:00")  # 08:00 in New York, the day after


def test_a_digest_is_one_mail_with_the_titles_of_what_waited(cast, amara):
    assert daily(amara).next_at == EIGHT
    for minutes in (0, 1):
        make.notice(amara, cast.northside.agency, NOON + timedelta(minutes=minutes))
    deliver_due(NOON + timedelta(minutes=2))
    assert mail.outbox == []

    assert Digest.issue_due(EIGHT) == 1
    deliver_due(EIGHT)
    assert Digest.issue_due(EIGHT) == 0

    assert [message.subject for message in mail.outbox] == ["2 new notices"]
    assert "List-Unsubscribe-Post" in mail.outbox[0].extra_headers
    listed = Notice.objects.visible_to(amara).values_list("kind", flat=True)
    assert set(listed) == {"test.time_to_reflect"}, "the digest itself is no news"


def test_an_empty_digest_is_never_sent(cast, amara):
    daily(amara)
    make.notice(amara, cast.northside.agency, NOON).read()
    deliver_due(NOON)

    assert Digest.issue_due(EIGHT) == 0
    assert Digest.objects.get().next_at == EIGHT + timedelta(days=1)


def test_what_would_be_of_no_use_by_then_comes_by_itself(cast, amara):
    daily(amara)
    make.delivery(amara, cast.northside.agency, expires_at=EIGHT)

    assert deliver_due(NOON) == {"handed_off": 1}


def test_a_weekly_digest_keeps_its_hour_when_the_clocks_change(amara):
    digest = daily(amara, weekday=0, at=at("2026-10-20 12:00"))

    assert digest.next_at == at("2026-10-26 12:00")
    assert digest.after(digest.next_at) == at("2026-11-02 13:00")


def test_to_stop_a_digest_sends_what_waited(cast, amara):
    daily(amara)
    make.notice(amara, cast.northside.agency, NOON)
    deliver_due(NOON)

    Digest.stop(amara, at=NOON + timedelta(hours=1))
    deliver_due(NOON + timedelta(hours=1))

    assert len(mail.outbox) == 1
    assert not Digest.objects.exists()


def test_a_snoozed_notice_is_out_of_sight_and_comes_back_new(cast, amara):
    notice = make.notice(amara, cast.northside.agency, NOON)
    notice.read()

    notice.snooze(NOON + timedelta(hours=1))

    told = Notice.objects.told
    assert not told(amara.pk, NOON + timedelta(minutes=59)).exists()
    assert told(amara.pk, NOON + timedelta(minutes=60)).unread().get() == notice
    assert deliver_due(NOON) == {}
    assert deliver_due(NOON + timedelta(hours=1)) == {"handed_off": 1}
