"""Calibration rounds: blind until all are in, and what they say of raters."""

from datetime import timedelta

import pytest

from fidelity.models import Calibration, CalibrationRound, Review
from tests import make as people
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def submit(round_, rater, value, at=make.AT):
    for review in Review.objects.filter(seat__round=round_, reviewer=rater):
        review.submit(by=rater, entries=make.all_at(value, review.version), at=at)


def judged(cast, value, at, **fields):
    """A round of one recording, the supervisor's scores beside the coach's master scores of 3."""
    round_ = make.calibration_round(cast, master=cast.coach, **fields)
    submit(round_, cast.coach, 3, at)
    submit(round_, cast.supervisor, value, at)
    return round_


def is_current(cast, at):
    return bool(
        Calibration.objects.current(
            [cast.supervisor.pk],
            instrument=make.shipped().instrument_id,
            agencies=[cast.northside.agency.pk],
            at=at,
        )
    )


def test_scores_are_blind_until_all_are_in(cast):
    round_ = make.calibration_round(cast)
    submit(round_, cast.coach, 3)
    (review,) = Review.objects.filter(seat__round=round_, reviewer=cast.coach)

    def readers():
        everybody = (cast.coach, cast.supervisor, cast.admin, cast.riverbend.supervisor)
        return [p for p in everybody if review in Review.objects.visible_to(p)]

    assert readers() == [cast.coach]
    submit(round_, cast.supervisor, 2)
    assert readers() == [cast.coach, cast.supervisor, cast.admin]


def test_a_round_closed_early_keeps_what_is_in(cast):
    round_ = make.calibration_round(cast)
    submit(round_, cast.coach, 3)

    round_.close_without_missing(by=cast.coach)

    round_.refresh_from_db()
    assert round_.closed_at is not None
    assert [seat.review.reviewer for seat in round_.seats.all()] == [cast.coach]


def test_who_leaves_takes_an_empty_seat_along_and_the_round_closes(cast):
    round_ = make.calibration_round(cast)
    submit(round_, cast.coach, 3)
    agency = cast.northside.agency
    given = {"leaver": cast.supervisor, "successor": cast.admin, "agency": agency, "by": None}

    assert Review.objects.hand_over(**given) == []
    (draft,) = Review.objects.filter(reviewer=cast.supervisor)
    draft.discard(by=None)

    assert CalibrationRound.objects.get().closed_at is not None


def test_three_recordings_in_a_row_calibrate_until_the_expiry(cast):
    days = [make.AT + timedelta(days=day) for day in range(5)]
    for at, value in zip(days[:3], (1, 3, 2), strict=True):
        judged(cast, value, at)  # the first lies two points off
    assert not is_current(cast, days[3])

    judged(cast, 3, days[3])

    assert is_current(cast, days[3])
    assert not is_current(cast, days[2])  # what was scored before stays without one
    assert is_current(cast, days[3] + timedelta(days=150))
    assert not is_current(cast, days[3] + timedelta(days=200))
    judged(cast, 0, days[4])
    assert not is_current(cast, days[4])


@pytest.mark.parametrize("raters", [0, 1])
def test_a_round_takes_two_raters(cast, raters):
    with pytest.raises(ValueError, match="two raters"):
        make.calibration_round(cast, raters=[cast.coach][:raters])
    assert not Review.objects.exists()


def test_another_persons_round_is_not_closed_by_a_colleague(cast):
    make.calibration_round(cast)
    other = people.person("Olu", email="olu@example.org")

    closers = [cast.coach, cast.admin, cast.supervisor, cast.riverbend.admin, other]
    may = [p for p in closers if CalibrationRound.objects.closable_by(p).exists()]
    assert may == [cast.coach, cast.admin]
