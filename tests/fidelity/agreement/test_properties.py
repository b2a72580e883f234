"""What holds for any scores."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fidelity.agreement import (
    Level,
    Ratings,
    cohens_kappa,
    exact,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
    signed_differences,
    weighted_kappa,
    within,
)
from fidelity.agreement.f_distribution import f_cdf, f_quantile


@pytest.fixture(autouse=True, scope="module")
def _few_draws() -> Iterator[None]:
    """What holds does so for any number of draws."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fidelity.agreement.draws.DRAWS", 40)
        yield


FEW = settings(max_examples=25)
score = st.integers(1, 5)
pairs = st.lists(st.tuples(score, score), min_size=3, max_size=20)
threes = st.lists(st.tuples(score, score, score), min_size=3, max_size=15)
gappy = st.lists(st.lists(st.none() | score, min_size=4, max_size=4), min_size=1, max_size=12)


def every(ratings):
    """All figures of a matrix of scores."""
    six = icc(ratings)
    return [
        exact(ratings),
        within(ratings),
        weighted_kappa(ratings),
        cohens_kappa(ratings),
        fleiss_kappa(ratings),
        *vars(six).values(),
        *(krippendorff_alpha(ratings, level) for level in Level),
    ]


@given(gappy)
@FEW
def test_a_figure_is_a_number_with_its_interval_around_it_or_a_reason(rows):
    for figure in every(Ratings.from_rows(rows)):  # Figure itself refuses NaN and infinity
        if figure.value is None:
            assert figure.why
        elif figure.low is None:
            assert figure.why_no_interval
        else:
            assert figure.low <= figure.high
            assert figure.value <= 1 + 1e-9


@given(threes, st.permutations(range(3)), st.randoms(use_true_random=False))
@FEW
def test_neither_the_order_of_raters_nor_of_units_matters(rows, order, chance):
    turned = [[row[place] for place in order] for row in rows]
    chance.shuffle(turned)

    for one, other in zip(
        every(Ratings.from_rows(rows)), every(Ratings.from_rows(turned)), strict=True
    ):
        assert one.value == pytest.approx(other.value)
        assert one.why == other.why


@given(threes, st.sampled_from([0.5, 2, 10]), st.integers(-50, 50))
@FEW
def test_the_unit_of_a_scale_does_not_matter(rows, factor, shift):
    moved = [[value * factor + shift for value in row] for row in rows]
    one, other = Ratings.from_rows(rows), Ratings.from_rows(moved)

    for level in Level:
        assert krippendorff_alpha(one, level).value == pytest.approx(
            krippendorff_alpha(other, level).value, abs=1e-9
        )
    assert icc(one).two_way.value == pytest.approx(icc(other).two_way.value, abs=1e-9)


@given(pairs)
@FEW
def test_nominal_alpha_is_fleiss_kappa_corrected_for_few_scores(rows):
    # Krippendorff 2011: with complete data 1 - alpha = (1 - kappa) (N - 1) / N, N scores in all.
    ratings = Ratings.from_rows(rows)
    kappa, alpha = fleiss_kappa(ratings), krippendorff_alpha(ratings, Level.NOMINAL)
    assume(kappa.value is not None and alpha.value is not None)
    scores = 2 * len(rows)

    assert 1 - alpha.value == pytest.approx((1 - kappa.value) * (scores - 1) / scores)


@given(pairs)
@FEW
def test_quadratic_kappa_is_nearly_a_correlation(rows):
    # Fleiss and Cohen 1973: apart from n in place of n - 1 it is ICC(2,1).
    ratings = Ratings.from_rows(rows)
    kappa, two_way = weighted_kappa(ratings), icc(ratings).two_way
    assume(kappa.value is not None and two_way.value is not None)
    n = len(rows)
    first, second = np.array(rows, dtype=float).T
    above = 2 * np.cov(first, second, bias=True)[0, 1]
    below = first.var() + second.var() + (first.mean() - second.mean()) ** 2

    assert kappa.value == pytest.approx(above / below)
    if n > 10 and kappa.value >= 0:
        assert abs(kappa.value - two_way.value) < 1 / n


@given(pairs)
@FEW
def test_two_raters_differences_are_opposite(rows):
    found = signed_differences(Ratings.from_rows(rows))

    assert found["0"].value == pytest.approx(-found["1"].value)


@given(st.floats(0.3, 500), st.floats(0.3, 500), st.floats(0.001, 0.999))
@FEW
def test_a_quantile_is_where_the_distribution_reaches_it(d1, d2, p):
    value = f_quantile(p, d1, d2)

    assert f_cdf(value, d1, d2) == pytest.approx(p, abs=1e-9)
    assert f_quantile(1 - p, d2, d1) == pytest.approx(1 / value, rel=1e-6)
