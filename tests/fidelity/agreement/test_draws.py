"""Intervals by drawing units."""

import numpy as np
import pytest

from fidelity.agreement import Level, Ratings, fleiss_kappa, krippendorff_alpha, weighted_kappa
from fidelity.agreement.draws import estimate, weights


def noisy(units, raters, *, seed=7):
    """Scores 1 to 5 of units that differ, by raters who err."""
    chance = np.random.default_rng(seed)
    scores = 3 + chance.normal(size=(units, 1)) + 0.7 * chance.normal(size=(units, raters))
    return np.clip(np.round(scores), 1, 5)


def test_each_draw_has_as_many_units_as_there_are_and_the_same_ones_each_time():
    first, again = (np.concatenate(list(weights(30, 200))) for _ in range(2))

    assert first.shape == (200, 30)
    assert set(first.sum(axis=1)) == {30.0}
    assert (first == again).all()


def test_many_units_are_drawn_in_blocks():
    blocks = list(weights(5_000, 20))

    assert [block.shape for block in blocks] == [(6, 5_000)] * 3 + [(2, 5_000)]


def redrawn(statistic, scores, draws):
    """The slow way: each draw's units as a round of their own."""
    chance = np.random.default_rng(3)
    found = [
        statistic(Ratings.from_rows(scores[chance.integers(0, len(scores), len(scores))])).value
        for _ in range(draws)
    ]
    return np.quantile([value for value in found if value is not None], [0.025, 0.975])


@pytest.mark.parametrize(
    "statistic",
    [
        weighted_kappa,
        fleiss_kappa,
        lambda ratings: krippendorff_alpha(ratings, Level.ORDINAL),
    ],
    ids=["weighted kappa", "Fleiss' kappa", "ordinal alpha"],
)
def test_the_interval_is_that_of_rounds_drawn_one_by_one(statistic, monkeypatch):
    scores = noisy(40, 2)
    found = statistic(Ratings.from_rows(scores))
    monkeypatch.setattr("fidelity.agreement.draws.DRAWS", 2)
    low, high = redrawn(statistic, scores, 200)

    assert (found.low, found.high) == pytest.approx((low, high), abs=0.08)


def test_more_units_make_a_narrower_interval():
    few, many = (
        krippendorff_alpha(Ratings.from_rows(noisy(units, 3)), Level.INTERVAL)
        for units in (20, 320)
    )

    assert many.high - many.low < 0.5 * (few.high - few.low)


def test_a_thousand_draws_are_computed_in_a_few_blocks():
    # docs/decisions/0021 has what that takes; here is why it takes no more.
    calls = []

    def statistic(weights):
        calls.append(weights.shape)
        return weights[:, 0] / weights.sum(axis=1)

    estimate(statistic, 216, 10)

    assert calls == [(1, 216), *[(138, 216)] * 7, (34, 216)]
