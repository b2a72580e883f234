"""Calibration rounds as people open, score and read them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fidelity.models import CalibrationRound, Consent, Recording, Review
from tests.fidelity import make

pytestmark = pytest.mark.django_db
URL = "/fidelity/calibrations/"


def submit(round_, rater, values):
    theirs = Review.objects.filter(seat__round=round_, reviewer=rater).order_by("recording")
    for review, value in zip(theirs, values, strict=True):
        review.submit(by=rater, entries=make.all_at(value, review.version), at=make.AT)


def test_the_newest_round_stands_first(as_coach, cast):
    rounds = [make.calibration_round(cast) for _each in range(3)]
    for round_, days in zip(rounds, (2, 0, 1), strict=True):
        opened_at = make.AT - timedelta(days=days)
        CalibrationRound.objects.filter(pk=round_.pk).update(opened_at=opened_at)

    listed = as_coach.get(URL).context["rounds"]

    assert list(listed) == [rounds[1], rounds[2], rounds[0]]


def test_opened_scored_and_read_by_the_raters(as_coach, as_supervisor, cast):
    version = make.shipped()
    sent = {
        "version": version.pk,
        "unlisted": "Team meeting 4",
        "raters": [cast.supervisor.pk],
        "master": cast.coach.pk,
        "pass_mark": 80,
        "valid_months": 6,
    }
    opened = as_coach.post(URL + "new/", sent, follow=True)
    assert opened.status_code == 200
    round_ = CalibrationRound.objects.get()
    mine = as_supervisor.get(round_.get_absolute_url()).context["mine"]
    assert [review.recording for review in mine] == [Recording.objects.get()]
    form = as_supervisor.get(mine[0].get_absolute_url()).content.decode()
    assert "Of a recording, for calibration: Team meeting 4" in form
    assert as_supervisor.get("/fidelity/").context["drafts"] == []

    submit(round_, cast.coach, [3])
    assert "items" not in as_supervisor.get(round_.get_absolute_url()).context
    submit(round_, cast.supervisor, [2])

    answer = as_supervisor.get(round_.get_absolute_url())
    first = answer.context["items"][0]
    assert (first.n, first.exact.value, first.within_one.value) == (1, "0%", "100%")
    assert [(name, told.value) for name, told in first.differences] == [
        ("Carol Lindqvist", "-1.00")
    ]
    assert (first.kappa, first.alpha, first.iccs) == (None, None, [])  # under ten pairs
    assert "not calibrated yet" in answer.content.decode()
    (rater,) = as_coach.get("/fidelity/raters/").context["raters"]
    assert (rater.name, [each.difference for each in rater.occasions]) == (
        "Carol Lindqvist",
        ["-1.00"],
    )


def test_a_recording_of_somebody_here_takes_their_consent(as_coach, cast):
    sent = {
        "version": make.shipped().pk,
        "unlisted": "Team meeting 4",
        "practitioner": cast.facilitator.pk,
        "raters": [cast.supervisor.pk, cast.coach.pk],
        "pass_mark": 80,
        "valid_months": 6,
    }
    refused = as_coach.post(URL + "new/", sent)
    assert "no consent of Amara Okafor on record" in refused.content.decode()
    assert not Recording.objects.exists()

    make.consent(cast.facilitator, cast.northside.agency)
    as_coach.post(URL + "new/", sent)
    heard = Recording.objects.get()
    assert heard.practitioner == cast.facilitator

    Consent.objects.get().withdraw(by=cast.facilitator)
    again = as_coach.post(URL + "new/", sent | {"unlisted": "", "recordings": [heard.pk]})
    assert set(again.context["form"].errors) == {"recordings"}


def test_more_raters_are_no_more_queries(as_coach, cast, django_assert_num_queries):
    def scored(*raters):
        people = [cast.coach, *raters]
        round_ = make.calibration_round(cast, raters=people, master=cast.coach)
        for each in people:
            submit(round_, each, [3])

    scored(cast.supervisor)
    assert len(as_coach.get("/fidelity/raters/").context["raters"]) == 1
    with CaptureQueriesContext(connection) as asked:
        as_coach.get("/fidelity/raters/")
    scored(cast.supervisor, cast.admin, cast.facilitator)
    with django_assert_num_queries(len(asked)):
        shown = as_coach.get("/fidelity/raters/").context["raters"]
    assert [rater.name for rater in shown] == ["Amara Okafor", "Carol Lindqvist", "Edith Moreau"]
    assert [len(rater.occasions) for rater in shown] == [1, 2, 1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"raters": []}, "Choose an answer for “Who scores”."),
        ({"unlisted": ""}, "Choose a recording, or name one below."),
        ({"pass_mark": 0}, "greater than or equal to 1"),
        ({"master": ""}, "Choose two people or more: agreement takes two."),
    ],
)
def test_what_cannot_be_a_round_is_said_and_nothing_stored(as_coach, cast, wrong, said):
    sent = {
        "version": make.shipped().pk,
        "unlisted": "Team meeting 4",
        "raters": [cast.supervisor.pk],
        "master": cast.coach.pk,
        "pass_mark": 80,
        "valid_months": 6,
    } | wrong
    answer = as_coach.post(URL + "new/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not CalibrationRound.objects.exists()
    assert not Recording.objects.exists()


def test_ten_recordings_give_every_statistic_and_the_same_queries(
    as_admin, cast, django_assert_max_num_queries
):
    one = make.calibration_round(cast)
    submit(one, cast.coach, [3])
    submit(one, cast.supervisor, [3])
    as_admin.get(one.get_absolute_url())
    with django_assert_max_num_queries(15) as once:
        as_admin.get(one.get_absolute_url())
    heard = [make.recording(cast.northside.agency) for _each in range(10)]
    ten = make.calibration_round(cast, recordings=heard)
    submit(ten, cast.coach, [0, 1, 2, 3, 4] * 2)
    submit(ten, cast.supervisor, [0, 1, 2, 3, 3] * 2)

    with django_assert_max_num_queries(len(once)):
        first = as_admin.get(ten.get_absolute_url()).context["items"][0]

    assert (first.n, first.exact.value, first.kappa_name) == (10, "80%", "weighted kappa")
    assert all(told.value.startswith("0.9") for _name, told in first.iccs)
    assert first.kappa.interval and first.alpha.interval


def test_a_score_by_someone_without_a_current_calibration_says_so(as_coach, cast):
    said = "had no current calibration with this instrument"
    observed = make.review(cast.coach, cast.facilitator)
    checked = make.review(cast.facilitator, cast.facilitator, value=1)

    assert said in as_coach.get(observed.get_absolute_url()).content.decode()
    assert said not in as_coach.get(checked.get_absolute_url()).content.decode()
    for _each in range(3):
        round_ = make.calibration_round(cast, master=cast.supervisor)
        submit(round_, cast.supervisor, [3])
        submit(round_, cast.coach, [3])
    later = make.review(cast.coach, cast.peer_partner)
    assert said not in as_coach.get(later.get_absolute_url()).content.decode()
