"""Who gets what, by URL. `tests/matrix.py` says how to read it."""

from portal.notices.models import Category, Channel
from portal.notices.unsubscribing import token_for
from tests.cast import Cast
from tests.matrix import Row, everyone
from tests.portal.notices import make


def facilitators_notice(cast: Cast) -> dict[str, int]:
    return {"pk": make.notice(cast.facilitator, cast.northside.agency).pk}


def facilitators_token(cast: Cast) -> dict[str, str]:
    return {"token": token_for(cast.facilitator, Category.SESSIONS, Channel.MAIL)}


def facilitators_leave(cast: Cast) -> dict[str, int]:
    return {"pk": make.leave(cast.facilitator).pk}


def facilitators_browser(cast: Cast) -> dict[str, int]:
    return {"pk": make.browser(cast.facilitator).pk}


def the_facilitators(arguments) -> Row:
    return Row(arguments, peer_partner=404, supervisor=404, coach=404, admin=404, elsewhere=404)


MATRIX: dict[str, Row] = {
    "notices:notices.index": everyone(200),
    "notices:notices.show": Row(
        facilitators_notice,
        peer_partner=404,
        supervisor=404,
        coach=404,
        admin=404,
        elsewhere=404,
    ),
    "notices:bells.show": everyone(200, visitor=286),  # a page that stands open polls no more
    "notices:leaves.new": everyone(200),
    "notices:leaves.remove": the_facilitators(facilitators_leave),
    "notices:snoozes.new": the_facilitators(facilitators_notice),
    "notices:paused_addresses.remove": everyone(200),
    "notices:preferences.edit": everyone(200),
    "notices:push_subscriptions.new": everyone(200),
    "notices:push_subscriptions.remove": the_facilitators(facilitators_browser),
    "notices:readings.new": everyone(200),
    # Whoever holds the link: mail programs and people who are not signed in.
    "notices:unsubscriptions.new": Row(facilitators_token, visitor=200),
}
