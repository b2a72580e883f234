"""Roles begin and end on days of the agency's calendar."""

from datetime import UTC, datetime

import pytest

from portal.agencies.models import Position
from portal.notices.models import Notice
from tests import make
from tests.portal.agencies.queries import MOST, asked_by


@pytest.fixture
def agency(cast):
    return cast.northside.agency


@pytest.fixture
def url(agency, cast):
    return f"/agencies/{agency.pk}/people/{cast.facilitator.pk}/positions/new/"


def test_days_become_midnights_of_the_agency(as_admin, cast, agency, url):
    as_admin.post(url, {"role": "coach", "first_day": "2026-12-01", "last_day": "2027-07-31"})
    position = Position.objects.get(person=cast.facilitator, role="coach")

    assert position.since == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert position.until == datetime(2027, 8, 1, 4, tzinfo=UTC)  # the last day is worked
    assert (str(position.first_day), str(position.last_day)) == ("2026-12-01", "2027-07-31")


def test_they_are_told_on_the_first_day(as_admin, cast, url):
    as_admin.post(url, {"role": "coach", "first_day": "2099-12-01"})

    assert Notice.objects.get(recipient=cast.facilitator).due_at.year == 2099


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "coach", "first_day": "2026-12-01", "last_day": "2026-11-30"}, "last_day"),
        ({"role": "coach", "first_day": "tomorrow"}, "first_day"),
        ({"role": "learner", "first_day": "2026-12-01"}, "role"),
        ({"role": "facilitator", "first_day": "2026-12-01"}, "__all__"),  # holds it already
    ],
)
def test_what_cannot_be_is_refused_with_words(as_admin, cast, url, given, field):
    answer = as_admin.post(url, given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert cast.facilitator.positions.count() == 1


def test_a_stand_in_gets_an_end_and_loses_it_again(as_admin, cast):
    position = cast.facilitator.positions.get()
    as_admin.post(f"/agencies/positions/{position.pk}/", {"last_day": "2027-01-31"})
    position.refresh_from_db()
    assert position.until == datetime(2027, 2, 1, 5, tzinfo=UTC)

    as_admin.post(f"/agencies/positions/{position.pk}/", {"last_day": ""})
    position.refresh_from_db()
    assert position.until is None


def test_the_last_admin_stays(as_admin, cast):
    position = cast.admin.positions.get()
    answer = as_admin.post(f"/agencies/positions/{position.pk}/", {"last_day": "2027-01-31"})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Make someone else an admin first: the agency needs one."
    ]


def test_everyone_sees_their_own_and_who_supervises_them(as_facilitator, cast):
    words = as_facilitator.get("/agencies/").content.decode()

    assert "Facilitator, Northside Family Partners" in words
    assert "Carol Lindqvist" in words
    assert "Dae Kim" in words
    assert "Benito Reyes" not in words


def test_ones_own_page_asks_the_same_queries_however_long(as_supervisor, cast, agency):
    with_two = asked_by(as_supervisor, "/agencies/")
    for _ in range(30):
        person = make.person()
        make.position(person, agency)
        make.supervision(cast.supervisor, person, agency)

    assert asked_by(as_supervisor, "/agencies/") == with_two <= MOST
