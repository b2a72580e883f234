"""Alpha beside a foreign library's, on scores with gaps."""

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fidelity.agreement import Level, Ratings, krippendorff_alpha

gappy = st.lists(
    st.lists(st.none() | st.sampled_from([1, 2, 4, 7]), min_size=3, max_size=3),
    min_size=3,
    max_size=12,
)


@given(gappy, st.sampled_from(Level))
@settings(max_examples=40)
def test_a_foreign_library_finds_the_same(rows, level):
    ratings = Ratings.from_rows(rows)
    assume(ratings.problem is None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fidelity.agreement.draws.DRAWS", 10)
        ours = krippendorff_alpha(ratings, level)
    assume(ours.value is not None)
    scores = np.array([[np.nan if s is None else s for s in row] for row in rows], dtype=float)

    assert ours.value == pytest.approx(
        krippendorff.alpha(scores.T, level_of_measurement=level.value), abs=1e-9
    )
