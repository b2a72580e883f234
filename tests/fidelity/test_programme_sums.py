"""What is read from the sums is what the reviews say: teams, and those who were here throughout."""

import random
from datetime import UTC, date, datetime

import pytest

from fidelity import throughout
from fidelity.cells import of_agency, of_teams
from fidelity.filters import Filters
from fidelity.models import MonthSum, Review, Score
from fidelity.periods import beginning
from fidelity.programme import programme_of
from fidelity.suppression import withheld
from tests import make as world
from tests.fidelity import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("period", ["month", "quarter"])
def test_of_each_part_the_teams_are_shown_that_withheld_leaves(cast, period):
    chance = random.Random(period)
    measures = [each.pk for each in make.shipped().measures.all()[:2]]
    teams = [
        None,
        *(each.pk for each in (cast.supervisor, cast.coach, cast.admin, cast.facilitator)),
    ]
    rows = [
        MonthSum(
            agency=cast.northside.agency,
            team_id=team,
            measure_id=measure,
            source="observation",
            month=date(2025, month, 1),
            n=chance.choice([0, 1, 4, 10, 11, 12, 25]),
            total=chance.randrange(1000),
        )
        for measure in measures
        for month in range(1, 13)
        for team in teams
        if chance.random() < 0.8
    ]
    MonthSum.objects.bulk_create(rows)
    counts: dict[tuple[int, date], dict[int | None, int]] = {}
    totals: dict[tuple[int, date, int | None], float] = {}
    for row in sorted(rows, key=lambda row: (row.team_id is None, row.team_id or 0)):
        if row.n:
            part = (row.measure_id, beginning(row.month, period))
            at = counts.setdefault(part, {})
            at[row.team_id] = at.get(row.team_id, 0) + row.n
            totals[*part, row.team_id] = totals.get((*part, row.team_id), 0.0) + row.total
    asked = {part for part in counts if chance.random() < 0.8}
    expected: dict[int | None, dict[date, tuple[int, float]]] = {team: {} for team in teams}
    for measure, on in sorted(asked):
        at = counts[measure, on]
        for team in at.keys() - withheld(at):
            n, total = expected[team].get(on, (0, 0.0))
            expected[team][on] = (n + at[team], total + totals[measure, on, team])

    found = of_teams(cast.northside.agency.pk, measures, "observation", period, asked)

    assert {each.team: each.sums() for each in found} == expected
    assert any(each.sums() for each in found)


def scored(cast, person, month, values):
    """Submitted observations of one person in a month of 2025, by two statements."""
    version = make.shipped()
    measure = version.measures.get(key="percent-of-maximum")
    reviews = Review.objects.bulk_create(
        Review(
            agency=cast.northside.agency,
            version=version,
            subject=person,
            reviewer=cast.coach,
            source="observation",
            practised_on=date(2025, month, 3),
            submitted_at=make.AT,
        )
        for _value in values
    )
    Score.objects.bulk_create(
        Score(review=review, measure=measure, value=value)
        for review, value in zip(reviews, values, strict=True)
    )


@pytest.mark.parametrize("leavers", [1, 3])
def test_those_here_throughout_are_the_mean_of_their_reviews(cast, leavers):
    agency, chance = cast.northside.agency, random.Random(leavers)
    began, middle = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 2, 10, tzinfo=UTC)
    one, two, late, leaves = (
        [(began, None)],
        [(began, middle), (middle, None)],
        [(middle, None)],
        [(began, middle)],
    )
    people = [world.person() for _each in range(3 + leavers)]
    for person, stays in zip(people, [one, two, late, *[leaves] * leavers], strict=True):
        for since, until in stays:
            world.position(person, agency, since=since, until=until)
    values = {
        (person, month): [chance.random() for _n in range(12)]
        for person in people
        for month in (1, 2, 3)
    }
    for (person, month), theirs in values.items():
        scored(cast, person, month, theirs)
    [series] = programme_of(of_agency(agency.pk)).series(Filters())

    found = throughout.of_programme(series, agency)

    for month in (1, 2, 3):
        theirs = [value for person in people[:2] for value in values[person, month]]
        point = found[date(2025, month, 1)]
        assert point.n == len(theirs)
        assert point.value == pytest.approx(sum(theirs) / len(theirs), abs=1e-9)


def test_where_everybody_stayed_no_review_is_read(cast, django_assert_num_queries):
    agency = cast.northside.agency
    for month in (1, 2):
        scored(cast, cast.facilitator, month, [50.0] * 11)
    cast.facilitator.positions.update(since=datetime(2024, 1, 1, tzinfo=UTC))
    [series] = programme_of(of_agency(agency.pk)).series(Filters())

    with django_assert_num_queries(1):
        assert list(throughout.of_programme(series, agency).values()) == series.points
