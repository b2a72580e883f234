"""Days on which one is away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.models import Leave


def days(first: int, last: int) -> dict[str, str]:
    """From now."""
    today = timezone.localdate()
    return {
        "first_day": (today + timedelta(days=first)).isoformat(),
        "last_day": (today + timedelta(days=last)).isoformat(),
    }


def test_a_person_says_that_they_are_away_and_takes_it_away(cast, as_facilitator):
    as_facilitator.post("/notices/leave/new/", days(5, 12))
    as_facilitator.post("/notices/leave/new/", days(5, 12))  # a double click
    leave = Leave.objects.get()

    assert leave.person == cast.facilitator
    page = as_facilitator.get("/notices/preferences/").content.decode()
    assert f"/notices/leave/{leave.pk}/remove/" in page
    as_facilitator.post(f"/notices/leave/{leave.pk}/remove/")
    assert not Leave.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-9, -2), (1, 400)])
def test_days_that_cannot_be_are_answered_in_words(as_facilitator, first, last):
    answer = as_facilitator.post("/notices/leave/new/", days(first, last))

    assert answer.status_code == 422
    assert not Leave.objects.exists()
