"""Dashboards: filters in the address, from a mark to its reviews and back, and small cells."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from fidelity.models import Answer, Item, Review, Score
from portal.agencies.models import Supervision
from tests import make as world
from tests.fidelity import make

pytestmark = pytest.mark.django_db
TEAM = "/fidelity/team/"
BEFORE = datetime(2024, 1, 1, tzinfo=UTC)
PERCENT = "wraparound-practice-rubric.percent-of-maximum.observation"


@pytest.fixture(autouse=True)
def supervised_for_years(cast):
    """Whoever is supervised has been since before the first review."""
    Supervision.objects.filter(agency=cast.northside.agency).update(since=BEFORE)


def many(cast, month, subject, n, value=50.0, level=2):
    """`n` submitted observations of one person in a month of 2025, by three statements."""
    version = make.shipped()
    measure = version.measures.get(key="percent-of-maximum")
    item = version.items.order_by("place").first()
    reviews = Review.objects.bulk_create(
        Review(
            agency=cast.northside.agency,
            version=version,
            subject=subject,
            reviewer=cast.coach,
            source="observation",
            practised_on=date(2025, month, 1 + number % 28),
            submitted_at=make.AT,
        )
        for number in range(n)
    )
    Score.objects.bulk_create(Score(review=r, measure=measure, value=value) for r in reviews)
    Answer.objects.bulk_create(Answer(review=r, item=item, value=level) for r in reviews)


def programme(cast):
    return f"/fidelity/programmes/{cast.northside.agency.pk}/"


def another_team(cast):
    supervisor, person = world.person(name="Zora Ek"), world.person()
    for each in (supervisor, person):
        world.position(each, cast.northside.agency, since=world.LONG_AGO)
    world.supervision(supervisor, person, cast.northside.agency, since=BEFORE)
    return person


def test_months_a_measure_and_a_version_are_chosen_in_the_address(as_supervisor, cast):
    for month in (3, 4, 5):
        many(cast, month, cast.facilitator, 1, value=10.0 * month)

    def points(**asked):
        tile = as_supervisor.get(TEAM, {"series": PERCENT, **asked}).context["tile"]
        return [(point.on.month, point.value) for point in tile.series.points]

    assert points() == [(3, 30.0), (4, 40.0), (5, 50.0)]
    assert points(since="2025-04") == [(4, 40.0), (5, 50.0)]
    assert points(since="2025-04", until="2025-04", version="1") == [(4, 40.0)]
    assert points(version="7") == []
    assert points(since="nonsense", until="2025-99", version="-1") == points()


def test_a_mark_leads_to_its_reviews_and_back_to_the_same_place(as_supervisor, cast):
    many(cast, 3, cast.facilitator, 1)
    many(cast, 4, cast.facilitator, 2)
    asked = {"series": PERCENT, "since": "2025-03"}
    shown = as_supervisor.get(TEAM, asked)
    mark = shown.context["tile"].chart.points[1]

    behind = as_supervisor.get(mark.url)

    assert [row.who for row in behind.context["rows"]] == ["Amara Okafor"] * 2
    assert [row.value for row in behind.context["rows"]] == ["50%"] * 2
    assert behind.context["back"] == f"{TEAM}?series={PERCENT}&since=2025-03#over-time"
    review = as_supervisor.get(behind.context["rows"][0].url)
    assert review.context["back_to"] == mark.url
    cell = shown.context["heat"].rows[0].cells[1]
    assert cell[0] == "2"
    assert parse_qs(urlsplit(cell[1]).query)["until"] == ["2025-04"]
    assert len(as_supervisor.get(cell[1]).context["rows"]) == 2


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/fidelity/../x", ""])
def test_the_way_back_leads_nowhere_else(as_coach, cast, back):
    review = make.review(cast.coach, cast.facilitator)

    answer = as_coach.get(review.get_absolute_url(), {"back": back})

    assert answer.context["back_to"] == ""


def test_nothing_of_other_teams_is_behind_a_mark(as_supervisor, cast):
    many(cast, 3, another_team(cast), 1)

    answer = as_supervisor.get("/fidelity/team/marks/", {"series": PERCENT})

    assert (answer.status_code, answer.context["rows"]) == (200, [])
    for wrong in ("a", "a.b.c", "a.b.self", ""):
        assert as_supervisor.get("/fidelity/team/marks/", {"series": wrong}).status_code == 200


def test_a_programme_is_shown_by_month_item_and_team(as_admin, cast):
    zora = another_team(cast)
    for month in (1, 2):
        many(cast, month, cast.facilitator, 12, value=40.0)
        many(cast, month, zora, 20, value=60.0)

    context = as_admin.get(programme(cast)).context

    assert [(p.on.month, p.n, p.value) for p in context["tile"].series.points] == [
        (1, 32, 52.5),
        (2, 32, 52.5),
    ]
    assert [(panel.name, panel.said) for panel in context["panels"]] == [
        ("Team of Carol Lindqvist", ["Jan 2025: 40%, n 12", "Feb 2025: 40%, n 12"]),
        ("Team of Zora Ek", ["Jan 2025: 60%, n 20", "Feb 2025: 60%, n 20"]),
    ]
    assert context["heat"].rows[0].cells == [("2", ""), ("2", "")]


def test_a_small_team_is_not_told_by_the_others(as_admin, cast):
    zora = another_team(cast)
    many(cast, 1, cast.facilitator, 9)
    many(cast, 1, zora, 20)
    many(cast, 2, cast.facilitator, 15)
    many(cast, 2, zora, 15)

    context = as_admin.get(programme(cast)).context

    # January's 29 less Zora's 20 would be the 9.
    assert [(panel.name, panel.said) for panel in context["panels"]] == [
        ("Team of Carol Lindqvist", ["Feb 2025: 50%, n 15"]),
        ("Team of Zora Ek", ["Feb 2025: 50%, n 15"]),
    ]


def test_months_too_small_to_show_become_quarters(as_admin, cast):
    for month in range(1, 13):
        many(cast, month, cast.facilitator, 5)

    context = as_admin.get(programme(cast)).context

    assert [(row.when, row.n) for row in context["tile"].rows] == [
        (f"Q{quarter} 2025", 15) for quarter in (1, 2, 3, 4)
    ]
    assert context["heat"].columns == ["Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025"]
    drift = as_admin.get(f"{programme(cast)}drift/").context["drift"]
    assert drift is None  # its months would be


def test_the_agency_is_a_comparator_where_it_gives_nobody_away(as_supervisor, cast):
    many(cast, 1, cast.facilitator, 20, value=40.0)
    zora = another_team(cast)
    many(cast, 1, zora, 10, value=70.0)
    assert as_supervisor.get(TEAM).context["tile"].comparators == []

    many(cast, 1, zora, 10, value=70.0)
    assert as_supervisor.get(TEAM).context["tile"].comparators == [
        "The agency, over all time: 55%, n 40."
    ]


def test_a_programme_takes_the_same_queries_for_few_and_for_many(
    as_admin, cast, django_assert_max_num_queries
):
    many(cast, 1, cast.facilitator, 30)
    as_admin.get(programme(cast))
    with django_assert_max_num_queries(15) as once:
        as_admin.get(programme(cast))
    for month in (1, 2, 3):
        many(cast, month, another_team(cast), 30)
    Supervision.objects.filter(supervisee=cast.peer_partner).delete()
    many(cast, 3, cast.peer_partner, 30)
    assert Item.objects.count() > 3
    with django_assert_max_num_queries(len(once)):
        as_admin.get(programme(cast))
