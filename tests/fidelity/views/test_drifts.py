"""Drift of a team and of a programme: a sentence, a chart, a table behind, notes on it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from fidelity.models import Annotation, Review, Score
from portal.agencies.models import Position
from tests.fidelity import make

pytestmark = pytest.mark.django_db
URL = "/fidelity/team/drift/"


@pytest.fixture(autouse=True)
def here_for_years(cast):
    """Everybody of Northside has been there since before the first review."""
    held = Position.objects.filter(agency=cast.northside.agency)
    held.filter(until=None).update(since=timezone.make_aware(datetime(2024, 1, 1)))


def months(cast, values, *, subjects=None, each=1, first=0, by=None):
    """`each` observations a month of each subject, with a rubric's first measure at `values`."""
    version = make.shipped()
    measure = version.measures.get(formula="percent_of_maximum")
    reviews, scores = [], []
    for place, value in enumerate(values, start=first):
        day = date(2025, 1, 10) + timedelta(days=31 * place)
        for subject in subjects or [cast.facilitator]:
            for _each in range(each):
                review = Review(
                    agency=cast.northside.agency,
                    version=version,
                    subject=subject,
                    reviewer=by or cast.coach,
                    source="observation",
                    practised_on=day,
                    submitted_at=make.AT,
                )
                reviews.append(review)
                scores.append(Score(review=review, measure=measure, value=value))
    Review.objects.bulk_create(reviews)
    Score.objects.bulk_create(scores)


SHIFTED = [70, 72, 69, 71, 70, 72, 69, 71, 60, 59, 61, 60, 58, 59, 60, 61]


def test_too_few_points_are_said_to_be_too_few(as_coach, cast):
    months(cast, [70, 72, 69])

    drift = as_coach.get(URL).context["drift"]

    assert drift.sentence == (
        "Too few points yet to tell drift from chance: 3 of the 10 months or more that it takes "
        "(3 reviews, observation, 1 rater)."
    )
    assert drift.rests_on == "0 of 1 rater has a current calibration with this instrument."


def test_a_shift_is_a_signal_with_since_when_where_to_and_what_it_rests_on(as_coach, cast):
    months(cast, SHIFTED)
    Annotation.objects.create(
        agency=cast.northside.agency, kind="growth", on=date(2025, 9, 20), by=cast.admin
    )

    found = {}
    for kind in ("run", "xmr", "p", "ewma", "cusum"):
        answer = as_coach.get(URL, {"chart": kind})
        found[kind] = answer.context["drift"]
        html = answer.content.decode()
        assert "style=" not in html
        assert html.count('class="chart__note"') == 1

    rests = "(16 reviews, observation, 1 rater)"
    assert found["run"].sentence == f"A signal since Sep 2025, downward {rests}."
    assert "downward" in found["cusum"].sentence
    assert "practice itself may have" in found["run"].behind  # the same people throughout
    assert found["run"].notes == [(1, "Sep 2025: growth")]
    assert found["run"].rows[8].note == "growth"
    assert [point.stands_out for point in found["run"].chart.points] == [False] * 8 + [True] * 8


def test_a_new_rater_is_marked_without_anybody_writing_it(as_coach, cast):
    months(cast, SHIFTED[:8])
    months(cast, SHIFTED[8:], first=8, by=cast.supervisor)
    months(cast, SHIFTED[8:10], first=8)

    drift = as_coach.get(URL).context["drift"]

    # The first month's rater began the series and is no news.
    assert drift.notes == [(1, "Sep 2025: new rater: Carol Lindqvist")]


def test_those_who_stayed_tell_growth_from_a_drift_of_practice(as_coach, cast):
    months(cast, [70, 72, 69, 71, 70, 72, 69, 71, 70, 72, 69, 71, 70, 72, 69, 71])
    late = [None] * 8 + [40] * 8
    before = Review.objects.count()
    newcomer = cast.peer_partner
    months(cast, [value or 0 for value in late], subjects=[newcomer])
    Review.objects.filter(subject=newcomer, scores__value=0).delete()
    assert Review.objects.count() == before + 8
    newcomer.positions.update(since=timezone.now() - timedelta(days=1))

    drift = as_coach.get(URL).context["drift"]

    assert "downward" in drift.sentence
    assert "who is scored" in drift.behind
    assert [row.throughout for row in drift.rows[7:9]] == ["71%", "70%"]


def test_outside_the_team_small_months_are_left_out(as_admin, cast, django_assert_max_num_queries):
    url = f"/fidelity/programmes/{cast.northside.agency.pk}/drift/"
    months(cast, SHIFTED[:2], each=10)
    assert as_admin.get(url).context["drift"] is None

    months(cast, SHIFTED[:1], each=1)
    # 11 and 10: who knows that there are 21 would know the 10.
    assert as_admin.get(url).context["drift"] is None

    months(cast, SHIFTED[:1], each=30)
    months(cast, SHIFTED[:3], each=1)
    with django_assert_max_num_queries(15):
        drift = as_admin.get(url).context["drift"]

    # 42, 11 and 1: the 1 is hidden, and with it the 11.
    assert [(row.when, row.n) for row in drift.rows] == [("Jan 2025", 42)]
    assert "42 reviews" in drift.sentence


def test_a_note_is_written_and_taken_off(as_coach, as_supervisor, cast):
    wrong = as_coach.post("/fidelity/annotations/new/", {"kind": "other", "on": "2026-01-05"})
    assert wrong.status_code == 422
    assert "Say in a few words what happened." in wrong.content.decode()
    sent = {"kind": "supervisor", "on": "2026-01-05", "words": "Carol began"}
    as_coach.post("/fidelity/annotations/new/", sent)
    note = Annotation.objects.get()
    assert (note.agency, note.by, str(note)) == (cast.northside.agency, cast.coach, "Carol began")

    remove = f"/fidelity/annotations/{note.pk}/remove/"
    assert as_supervisor.post(remove).status_code == 403
    as_coach.post(remove)
    assert not Annotation.objects.exists()
