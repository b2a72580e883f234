"""Practice over time: of one person, of a team, of a programme."""

from datetime import date

import pytest

from fidelity.building.revisions import new_version
from tests import make as world
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def month(number):
    """The first of a month, counted from January 2025."""
    return date(2025 + number // 12, number % 12 + 1, 1)


def course(cast, person, values, **fields):
    for number, value in enumerate(values):
        make.review(cast.coach, person, value, practised_on=month(number), **fields)


def page_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response


@pytest.fixture
def my_course(cast):
    return f"/fidelity/people/{cast.facilitator.pk}/"


def test_a_person_sees_their_own_released_points(as_facilitator, cast, my_course):
    make.feedback(cast.coach, cast.facilitator, value=2, practised_on=month(1))
    make.feedback(cast.coach, cast.facilitator, value=3, practised_on=month(2))
    make.review(cast.coach, cast.facilitator, value=0, practised_on=month(3))  # not released

    mean, percent = page_of(as_facilitator, my_course).context["observed"]

    assert [point.value for point in mean.series.points] == [2, 3]
    assert mean.sentence == "The latest, of Mar 1, 25: 3.0. The one before: 2.0."
    assert percent.sentence == "The latest, of Mar 1, 25: 75%. The one before: 50%."


def test_a_mean_stands_on_the_whole_scale_of_its_items(as_coach, cast, my_course):
    make.review(cast.coach, cast.facilitator, value=3)

    mean, percent = page_of(as_coach, my_course).context["observed"]

    assert [tick.label for tick in mean.chart.ticks] == ["0", "1", "2", "3", "4"]
    assert percent.chart.ticks[-1].label == "100%"


def test_a_person_gets_no_verdict_and_no_median(as_coach, cast, my_course):
    course(cast, cast.facilitator, [1] * 8 + [4] * 8)

    tiles = page_of(as_coach, my_course).context["observed"]

    assert [tile.chart.median for tile in tiles] == [None, None]
    assert not any("signal" in tile.sentence for tile in tiles)


def test_self_checks_stand_apart(as_supervisor, cast, my_course):
    make.review(cast.coach, cast.facilitator, 2)
    make.review(cast.facilitator, cast.facilitator, 4)

    context = page_of(as_supervisor, my_course).context

    assert {tile.series.source for tile in context["observed"]} == {"observation"}
    assert [tile.series.points[0].value for tile in context["self_checks"]] == [100]


def test_sources_are_never_joined(as_supervisor, cast, my_course):
    make.review(cast.coach, cast.facilitator, 2)
    make.review(cast.coach, cast.facilitator, 4, source="records")

    tiles = page_of(as_supervisor, my_course).context["observed"]

    assert [(tile.series.slug, tile.series.n) for tile in tiles] == [
        ("wraparound-practice-rubric.mean.observation", 1),
        ("wraparound-practice-rubric.percent-of-maximum.observation", 1),
        ("wraparound-practice-rubric.mean.records", 1),
        ("wraparound-practice-rubric.percent-of-maximum.records", 1),
    ]


def test_each_mark_leads_to_its_review_and_has_a_row_behind_it(as_coach, cast, my_course):
    review = make.review(cast.coach, cast.facilitator, 2)

    html = page_of(as_coach, my_course).content.decode()

    # Two measures: a mark and a row each; and of each of ten principles a cell and a number.
    assert html.count(f'href="{review.get_absolute_url()}?back=') == 4 + 20
    assert "style=" not in html


def test_a_team_is_stable_while_it_varies_as_chance_would(as_supervisor, cast):
    course(cast, cast.facilitator, [2, 3, 1, 3, 2, 4, 1, 3, 2, 4, 1, 3])

    tile = page_of(as_supervisor, "/fidelity/team/").context["tile"]

    assert tile.sentence == "Stable: 12 months vary around a median of 2.5 as chance alone would."
    assert tile.foot == "12 reviews (observation), of 1 person, by 1 reviewer"
    assert tile.chart.median is not None


def test_a_team_that_seldom_crosses_its_median_changed(as_supervisor, cast):
    course(cast, cast.facilitator, [1] * 6 + [4] * 6)

    tile = page_of(as_supervisor, "/fidelity/team/").context["tile"]

    # Six in a row are allowed among 12; one crossing is not.
    assert tile.sentence == (
        "A signal: in 12 months the line crosses its median of 2.5 only once; chance alone would "
        "make it 3 times or more. Something changed."
    )


def test_a_long_run_says_since_when_and_in_which_direction(as_supervisor, cast):
    course(cast, cast.facilitator, [1] * 9 + [4, 3, 4, 3, 4, 3, 4, 3, 4])

    tile = page_of(as_supervisor, "/fidelity/team/").context["tile"]

    assert tile.sentence == (
        "A signal: from Jan 2025 to Sep 2025, 9 months in a row lie below the median of 2.0. "
        "Something changed."
    )
    assert [row.stands_out for row in tile.rows] == [True] * 9 + [False] * 9


def test_few_points_say_so(as_supervisor, cast):
    course(cast, cast.facilitator, [1, 2, 3])

    tile = page_of(as_supervisor, "/fidelity/team/").context["tile"]

    assert tile.sentence.startswith(
        "Too few points yet to tell drift from chance: 3 months have reviews."
    )
    assert tile.chart.median is None


def test_a_month_is_the_mean_of_its_reviews(as_supervisor, cast):
    make.review(cast.coach, cast.facilitator, 1, practised_on=month(0))
    make.review(cast.coach, cast.peer_partner, 4, practised_on=month(0))

    tile = page_of(as_supervisor, "/fidelity/team/").context["tile"]

    assert [(point.value, point.n) for point in tile.series.points] == [(2.5, 2)]


def test_another_measure_is_chosen_in_the_address(as_supervisor, cast):
    make.review(cast.coach, cast.facilitator, 2)
    make.review(cast.facilitator, cast.facilitator, 4)
    slug = "session-self-check.percent-of-maximum.self"

    tile = page_of(as_supervisor, f"/fidelity/team/?series={slug}").context["tile"]

    assert (tile.series.slug, tile.series.points[0].value) == (slug, 100)


def test_people_stand_by_name_and_not_by_score(as_supervisor, cast):
    make.review(cast.coach, cast.facilitator, 1)
    make.review(cast.coach, cast.peer_partner, 4)

    people = page_of(as_supervisor, "/fidelity/team/").context["people"]

    assert [person.name for person in people] == ["Amara Okafor", "Benito Reyes"]


def test_a_team_takes_the_same_queries_for_one_and_for_thirty(
    as_supervisor, cast, django_assert_max_num_queries
):
    make.review(cast.coach, cast.facilitator, 1)
    as_supervisor.get("/fidelity/team/")
    with django_assert_max_num_queries(15) as once:
        as_supervisor.get("/fidelity/team/")
    for number in range(3):
        person = world.person()
        world.position(person, cast.northside.agency)
        world.supervision(cast.supervisor, person, cast.northside.agency)
        world.supervision(cast.coach, person, cast.northside.agency, kind="coaches")
        course(cast, person, [number, 2, 3])
    with django_assert_max_num_queries(len(once)):
        as_supervisor.get("/fidelity/team/")


def test_a_course_takes_the_same_queries_for_one_and_for_many(
    as_coach, cast, my_course, django_assert_max_num_queries
):
    make.review(cast.coach, cast.facilitator, 1)
    as_coach.get(my_course)
    with django_assert_max_num_queries(15) as once:
        as_coach.get(my_course)
    course(cast, cast.facilitator, [1, 2, 3])
    make.review(cast.coach, cast.facilitator, 1, source="records")
    with django_assert_max_num_queries(len(once)):
        as_coach.get(my_course)


def test_a_programme_shows_means_and_hides_small_groups(as_admin, cast):
    course(cast, cast.facilitator, [2] * 6)
    course(cast, cast.peer_partner, [4] * 5)
    course(cast, cast.facilitator, [1] * 10, source="records")
    make.review(cast.riverbend.coach, cast.riverbend.facilitator, 0)

    response = page_of(as_admin, f"/fidelity/programmes/{cast.northside.agency.pk}/")

    lines = {(line.name, line.source): (line.n, line.mean) for line in response.context["lines"]}
    mean = "Wraparound practice rubric: Mean of the principles"
    assert lines[mean, "observation"] == (11, "2.9")
    assert lines[mean, "records"] == (10, "")
    html = response.content.decode()
    assert html.count("10 or fewer") == html.count("not shown</td>") == 2
    assert "Amara" not in html


def test_a_trend_goes_on_over_a_new_version_and_charts_mark_where_it_begins(
    as_coach, cast, my_course
):
    first = make.draft_version(cast.northside.agency)
    first.publish(by=cast.coach)
    course(cast, cast.facilitator, [0, 1], version=first)
    second = new_version(first.instrument, by=cast.coach)
    second.items.update(wording="Put better")
    second.publish(by=cast.coach)
    make.review(cast.coach, cast.facilitator, 2, version=second, practised_on=month(2))

    (own,) = page_of(as_coach, my_course).context["observed"]
    slug = f"{first.instrument.slug}.mean.observation"
    team = page_of(as_coach, f"/fidelity/team/?series={slug}").context["tile"]

    assert [point.value for point in own.series.points] == [0, 1, 2]
    assert own.notes == ["v2: from Mar 1, 25 on with version 2 of the instrument."]
    assert team.notes == ["v2: from Mar 2025 on with version 2 of the instrument."]
    assert [note.label for note in team.chart.notes] == ["v2"]
