"""Codings of recordings: good and poor practice apart."""

import pytest
from django.core.management import call_command

from fidelity.models import Measure, Score
from fidelity.scoring import Given
from tests.fidelity import make
from tests.fidelity.imports import real_codes

pytestmark = pytest.mark.django_db
URL = "/fidelity/codings/"


def scored(cast, quality, complex_, simple=10, questions=10):
    recording = make.recording(cast.northside.agency, quality=quality)
    review = make.coding(cast, recording=recording)
    counts = {
        "simple-reflections": simple,
        "complex-reflections": complex_,
        "open-questions": questions,
        "closed-questions": 0,
    }
    given = {key: Given(float(count)) for key, count in counts.items()}
    Score.objects.bulk_create(
        Score.of(review, measure, measure.compute(given))
        for measure in Measure.objects.filter(version=review.version)
    )
    return review


def test_the_real_codings_stand_apart_on_both_measures(as_supervisor, cast):
    call_command("import_codes", real_codes.path(), agency=cast.northside.agency.name)

    panels = as_supervisor.get(URL).context["panels"]

    told = [
        (str(panel.series.measure), [(group.n, group.not_computable) for group in panel.groups])
        for panel in panels
    ]
    # 155 and 41 codings; those without a reflection, or without a question, are not computable.
    assert [(name, [n for n, _ in groups]) for name, groups in told] == [
        ("Percent complex reflections", [155, 41]),
        ("Reflection-to-question ratio", [155, 41]),
    ]
    assert [sum(without for _, without in groups) for _, groups in told] == [18, 4]
    drawn = [[len(lane.dots) for lane in panel.chart.lanes] for panel in panels]
    assert drawn == [[n - without for n, without in groups] for _, groups in told]


def test_one_plain_sentence_with_n_source_and_raters(as_supervisor, cast):
    for complex_ in (10, 30, 90):
        scored(cast, "high", complex_)
    scored(cast, "low", 0)
    scored(cast, "low", 0, simple=0)

    percent, ratio = as_supervisor.get(URL).context["panels"]

    assert percent.sentence == (
        "Half of the codings of conversations shown as good practice reach 75%; "
        "of those shown as poor practice, 0%."
    )
    assert percent.foot == (
        "5 codings of 5 conversations, from recordings, by 1 outside annotator. "
        "1 of them has nothing to divide by: not computable, and not drawn."
    )
    assert [group.not_computable for group in percent.groups] == [0, 1]
    assert percent.groups[0].half == "75%"
    assert [line.label for line in ratio.chart.benchmarks] == ["fair 1", "good 2"]


def test_each_dot_leads_to_its_coding_and_so_does_the_table(as_coach, cast):
    review = scored(cast, "high", 10)
    link = f'href="{review.get_absolute_url()}"'

    html = as_coach.get(URL).content.decode()

    assert html.count(link) == 2  # a dot a measure
    assert as_coach.get("/fidelity/recordings/").content.decode().count(link) == 1
    assert "style=" not in html
    assert as_coach.get(review.get_absolute_url()).status_code == 200


def test_a_recording_without_a_coding_from_outside_is_not_among_them(as_coach, cast):
    coded = scored(cast, "high", 10)
    make.coding(cast, recording=coded.recording, annotator="annotator 7")
    make.recording(cast.northside.agency)

    rows = as_coach.get("/fidelity/recordings/").context["rows"]

    assert [recording for recording, _codings in rows] == [coded.recording]


def test_another_agencys_codings_are_not_shown(as_person, cast):
    scored(cast, "high", 10)

    response = as_person(cast.riverbend.supervisor).get(URL)

    assert response.context["panels"] == []
    assert "No coded recordings here" in response.content.decode()


def test_facilitators_see_none(as_facilitator, cast):
    scored(cast, "high", 10)

    assert as_facilitator.get(URL).context["panels"] == []


@pytest.mark.parametrize("url", [URL, "/fidelity/recordings/"])
def test_a_page_takes_the_same_queries_for_one_and_for_many(
    as_admin, cast, django_assert_max_num_queries, url
):
    scored(cast, "high", 10)
    as_admin.get(url)
    with django_assert_max_num_queries(15) as once:
        as_admin.get(url)
    for complex_ in range(30):
        scored(cast, "low", complex_)
    with django_assert_max_num_queries(len(once)):
        as_admin.get(url)
