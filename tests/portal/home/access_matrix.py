"""Who gets what, by URL. `tests/matrix.py` says how to read it."""

from tests.matrix import ALIKE, Row, everyone

# Figures of the whole portal, without names.
ADMINS = Row(facilitator=403, peer_partner=403, supervisor=403, coach=403, elsewhere=ALIKE)

MATRIX: dict[str, Row] = {
    "home:gallery.index": everyone(404, visitor=404),  # DEBUG only
    "home:health.show": everyone(200, visitor=200),
    "home:help.show": everyone(200, visitor=200),
    "home:mailbox.index": everyone(404, visitor=404),  # DEBUG only
    "home:mailbox.show": Row(
        lambda cast: {"name": "20261123-120000-1-0"},
        visitor=404,
        facilitator=404,
        peer_partner=404,
        supervisor=404,
        coach=404,
        admin=404,
        elsewhere=404,
    ),
    "home:manifest.show": everyone(200, visitor=200),
    "home:offline.show": everyone(200, visitor=200),
    "home:metrics.show": ADMINS,
    "home:status.show": ADMINS,
    "home:privacy.show": everyone(200, visitor=200),
    # 503: nothing beats in the matrix's database.
    "home:readiness.show": everyone(503, visitor=503),
    "home:today.index": everyone(200),
    "home:favicon.show": everyone(302, visitor=302),
    "home:worker.show": everyone(200, visitor=200),
}
