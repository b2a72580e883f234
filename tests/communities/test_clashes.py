"""Who is booked then already: told to whoever plans, and no more than they may see."""

from datetime import date, time, timedelta

import pytest

from communities.clashes import clashes
from communities.forms.moves import MoveForm
from communities.models import Community
from portal.recurrence import wall_time
from tests.communities import make
from tests.communities.make_series import NOW, TUESDAY


@pytest.fixture
def circle(cast) -> Community:
    return make.circle(cast, "Tuesday circle")


def planned(circle, cast, *, planner=None, host=None, series=None) -> list[str]:
    times = [NOW.replace(hour=19) + timedelta(days=2 + 7 * n) for n in (0, 1)]  # Tuesdays, 15:00
    return clashes(
        times,
        minutes=60,
        names={person.pk: person.name for person in circle.members()},
        host=host and host.pk,
        planner=planner or cast.coach,
        besides={series and series.pk},
    )


def other(cast, name: str, *people, agency=None, **fields) -> Community:
    community = make.community(agency or cast.northside.agency, name)
    for person in people:
        make.membership(person, community)
    fields = {"starts_on": TUESDAY, "at": NOW, "local_time": time(15, 30), "title": name} | fields
    fields.setdefault("time_zone", "America/New_York")
    make.series(community, **fields)
    return community


def test_a_host_who_hosts_elsewhere_then(cast, circle):
    other(cast, "Supervisors", cast.coach, host=cast.coach)

    assert planned(circle, cast, host=cast.coach) == [
        "Dae Kim hosts Supervisors then on 2 of these dates."
    ]


def test_members_who_are_in_another_community_then(cast, circle):
    other(cast, "Supervisors", cast.coach, cast.facilitator)

    assert planned(circle, cast) == [
        "Amara Okafor and Dae Kim have Supervisors then on 2 of these dates."
    ]


def test_what_the_planner_cannot_see_is_only_busy(cast, circle):
    other(cast, "Riverbend's own", cast.facilitator, agency=cast.riverbend.agency)
    other(cast, "Another of theirs", cast.facilitator, agency=cast.riverbend.agency)

    assert planned(circle, cast) == ["Amara Okafor is busy then on 2 of these dates."]


@pytest.mark.parametrize(
    "free",
    [
        {"local_time": time(16)},  # begins as this ends
        {"local_time": time(14)},  # ends as this begins
        {"starts_on": date(2026, 10, 21), "rrule": "FREQ=WEEKLY;BYDAY=WE"},
    ],
)
def test_what_only_touches_is_no_clash(cast, circle, free):
    other(cast, "Supervisors", cast.facilitator, **free)

    assert planned(circle, cast) == []


def test_what_is_called_off_and_what_is_planned_anew_do_not_count(cast, circle):
    series = make.series(circle, starts_on=TUESDAY, at=NOW)
    assert planned(circle, cast, series=series) == []

    for session in series.sessions.all()[:2]:
        session.cancel(by=None, at=NOW)
    assert planned(circle, cast) == []


def test_a_session_that_is_moved_meets_another_of_its_series(cast, circle):
    series = make.series(circle, title="Evoking", host=cast.coach)
    first, second = series.sessions.upcoming()[:2]

    form = MoveForm(session=second, planner=cast.coach)
    assert form.clashes() == []
    wall = wall_time(first.starts_at, series.time_zone)
    moved = {"day": wall.date(), "local_time": wall.time(), "minutes": 60, "host": cast.coach.pk}
    form = MoveForm(moved, session=second, planner=cast.coach)
    assert form.is_valid()

    assert form.clashes()[0] == "Dae Kim hosts Evoking then on 1 of these dates."


def test_who_is_not_of_the_community_is_nobodys_business(cast, circle):
    other(cast, "Supervisors", cast.supervisor, host=cast.supervisor)

    assert planned(circle, cast) == []


def test_it_costs_the_same_at_any_number(cast, circle, django_assert_max_num_queries):
    for number in range(3):
        other(cast, f"Group {number}", cast.facilitator, cast.coach)

    with django_assert_max_num_queries(10):  # the planner's own standing among them, once a request
        assert len(planned(circle, cast)) == 3
