"""Not now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.forms import times_to_come_back
from tests.portal.notices import make
from tests.portal.notices.make import at


def test_a_notice_comes_back_when_its_reader_says(cast, as_facilitator):
    notice = make.notice(cast.facilitator, cast.northside.agency)

    as_facilitator.post(f"/notices/{notice.pk}/snooze/", {"until": "hour"})

    notice.refresh_from_db()
    left = notice.snoozed_until - timezone.now()
    assert timedelta(minutes=59) < left <= timedelta(hours=1)
    page = as_facilitator.get("/notices/").content.decode()
    assert f"/notices/{notice.pk}/" not in page


def test_an_answer_that_was_not_offered_is_refused(cast, as_facilitator):
    notice = make.notice(cast.facilitator, cast.northside.agency)

    assert as_facilitator.post(f"/notices/{notice.pk}/snooze/", {"until": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("now", "tomorrow", "monday"),
    [
        ("2026-10-31 16:00", "2026-11-01 13:00", "2026-11-02 13:00"),  # clocks change on Sunday
        ("2026-11-02 02:00", "2026-11-02 13:00", "2026-11-02 13:00"),  # Sunday evening there
        ("2026-11-02 16:00", "2026-11-03 13:00", "2026-11-09 13:00"),
    ],
)
def test_mornings_are_those_of_the_readers_own_clock(now, tomorrow, monday):
    times = {name: when for name, _label, when in times_to_come_back(at(now), "America/New_York")}

    assert (times["tomorrow"], times["week"]) == (at(tomorrow), at(monday))
