"""Who gets what, by URL. `tests/matrix.py` says how to read it.

An admin sees aggregates and codings of recordings, never one person's review or feedback.
"""

from portal.people.models import User
from tests.cast import Cast
from tests.fidelity import make
from tests.matrix import ALIKE, Row, everyone


def draft(cast: Cast) -> dict[str, int]:
    return {"pk": make.draft(cast.coach, cast.facilitator).pk}


def review(cast: Cast) -> dict[str, int]:
    return {"pk": make.review(cast.coach, cast.facilitator).pk}


def feedback(cast: Cast) -> dict[str, int]:
    return {"pk": make.feedback(cast.coach, cast.facilitator).pk}


def instrument(cast: Cast) -> dict[str, int]:
    version = make.draft_version(cast.northside.agency)
    version.publish(by=cast.admin)
    return {"pk": version.instrument_id}


def calibration(cast: Cast) -> dict[str, int]:
    return {"pk": make.calibration_round(cast).pk}


def annotation(cast: Cast) -> dict[str, int]:
    return {"pk": make.annotation(cast).pk}


def northside(cast: Cast) -> dict[str, int]:
    return {"pk": cast.northside.agency.pk}


def facilitator(cast: Cast) -> dict[str, int]:
    person: User = cast.facilitator
    make.feedback(cast.coach, person)
    return {"pk": person.pk}


NOBODY = {
    "facilitator": 404,
    "peer_partner": 404,
    "supervisor": 404,
    "coach": 404,
    "admin": 404,
    "elsewhere": 404,
}


def only(arguments, **roles: int) -> Row:
    """404 for everybody but the roles that are named."""
    return Row(arguments, **(NOBODY | roles))


MATRIX: dict[str, Row] = {
    "fidelity:reviews.index": everyone(200),
    "fidelity:reviews.new": everyone(200),
    # The draft is its reviewer's alone.
    "fidelity:reviews.edit": only(draft, coach=200),
    "fidelity:reviews.remove": only(draft, coach=200),
    # Submitted and not released: the reviewer and who supervises or coaches the person.
    "fidelity:reviews.show": only(review, coach=200, supervisor=200),
    "fidelity:releases.new": only(review, coach=200, supervisor=200),
    "fidelity:feedback.show": only(feedback, facilitator=200, coach=200),
    "fidelity:replies.new": only(feedback, facilitator=200, coach=200),
    "fidelity:courses.show": only(facilitator, facilitator=200, coach=200, supervisor=200),
    "fidelity:teams.show": everyone(200),
    "fidelity:programmes.show": Row(
        northside,
        facilitator=403,
        peer_partner=403,
        supervisor=403,
        coach=403,
        admin=200,
        elsewhere=404,
    ),
    "fidelity:drifts.index": everyone(200),
    "fidelity:drifts.show": Row(
        northside,
        facilitator=403,
        peer_partner=403,
        supervisor=403,
        coach=403,
        admin=200,
        elsewhere=404,
    ),
    "fidelity:annotations.new": Row(facilitator=403, peer_partner=403, elsewhere=ALIKE),
    "fidelity:annotations.remove": only(annotation, supervisor=403, coach=200, admin=200),
    "fidelity:codings.index": everyone(200),
    "fidelity:utterances.index": everyone(200),
    "fidelity:calibrations.index": everyone(200),
    "fidelity:calibrations.new": Row(facilitator=403, peer_partner=403, elsewhere=ALIKE),
    "fidelity:calibrations.show": only(calibration, supervisor=200, coach=200, admin=200),
    # The round of the coach: closed early by the coach, or an admin.
    "fidelity:calibrations.edit": only(calibration, supervisor=403, coach=200, admin=200),
    "fidelity:raters.index": everyone(200),
    "fidelity:recordings.index": everyone(200),
    "fidelity:instruments.index": everyone(200),
    "fidelity:instruments.show": Row(instrument, elsewhere=404),
}
