"""Who gets what, by URL. `tests/matrix.py` says how to read it."""

from tests.cast import Cast
from tests.matrix import Row, everyone


def northside(cast: Cast) -> dict[str, int]:
    return {"pk": cast.northside.agency.pk}


# Colleagues know that the agency exists: 403 says why. Others do not: 404.
ADMINS = everyone(403, arguments=northside, admin=200, elsewhere=404)

MATRIX: dict[str, Row] = {
    "reminders:forecasts.index": ADMINS,
    "reminders:outcomes.index": ADMINS,
}
