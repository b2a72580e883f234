"""Who gets what, by URL. `tests/matrix.py` says how to read it."""

from tests.matrix import Row, everyone
from tests.portal.people.make import row_of, signed_in


def a_device(cast):
    return {"pk": row_of(signed_in(cast.facilitator)).pk}


MATRIX: dict[str, Row] = {
    "people:devices.index": everyone(200),
    # One's own only.
    "people:devices.remove": Row(
        a_device, peer_partner=404, supervisor=404, coach=404, admin=404, elsewhere=404
    ),
    "people:profile.edit": everyone(200),
}
