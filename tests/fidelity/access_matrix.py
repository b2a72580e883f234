"""Who gets what, by URL. `tests/matrix.py` says how to read it.

An admin sees aggregates and codings of recordings, never one person's review or feedback.
"""

from fidelity.models import FocusGoal, Upload
from portal.people.models import User
from tests.cast import Cast
from tests.fidelity import make
from tests.matrix import ALIKE, Row, everyone


def draft(cast: Cast) -> dict[str, int]:
    return {"pk": make.draft(cast.coach, cast.facilitator).pk}


def coding_sheet(cast: Cast) -> dict[str, int]:
    return {"pk": make.tallied_draft(cast.coach, cast.facilitator).pk}


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


def consent(cast: Cast) -> dict[str, int]:
    return {"pk": make.consent(cast.facilitator, cast.northside.agency).pk}


def goal(cast: Cast) -> dict[str, int]:
    """Agreed. A person has one open goal: the one that stands, where pages are walked in turn."""
    standing = FocusGoal.objects.open().filter(person=cast.facilitator).first()
    if standing and not standing.agreed_at:
        standing.agree(by=cast.facilitator)
    return {"pk": (standing or make.goal(cast)).pk}


def proposal(cast: Cast) -> dict[str, int]:
    """Not agreed yet; another that stands makes room for it."""
    standing = FocusGoal.objects.open().filter(person=cast.facilitator)
    standing.filter(agreed_at__isnull=False).delete()
    return {"pk": (standing.first() or make.goal(cast, agreed=False)).pk}


def plan(cast: Cast) -> dict[str, int]:
    return {"pk": make.plan(cast).pk}


def assigned(cast: Cast) -> dict[str, int]:
    return {"pk": make.assigned(cast).pk}


def experiment(cast: Cast) -> dict[str, int]:
    return {"pk": make.experiment(cast).pk}


def trial(cast: Cast) -> dict[str, int]:
    begun = make.experiment(cast)
    begun.begin(by=cast.coach)
    return {"pk": begun.pk}


def feedback_read(cast: Cast) -> dict[str, int]:
    told = make.feedback(cast.coach, cast.facilitator)
    told.read(by=cast.facilitator)
    return {"pk": told.pk}


def upload(cast: Cast) -> dict[str, int]:
    return {"pk": make.upload(cast.admin, cast.northside.agency).pk}


def coded(cast: Cast) -> dict[str, int]:
    """A file of codes that waits to be looked at: its columns are known."""
    handed_in = make.upload(cast.admin, cast.northside.agency, kind=Upload.Kind.CODES)
    handed_in.map({})
    return {"pk": handed_in.pk}


def northside(cast: Cast) -> dict[str, int]:
    return {"pk": cast.northside.agency.pk}


def facilitator(cast: Cast) -> dict[str, int]:
    person: User = cast.facilitator
    make.feedback(cast.coach, person)
    return {"pk": person.pk}


def building(cast: Cast) -> dict[str, int]:
    return {"pk": make.draft_version(cast.northside.agency).pk}


def begun(cast: Cast) -> dict[str, int]:
    return {"pk": make.draft_version(cast.northside.agency).instrument_id}


def in_use(cast: Cast) -> dict[str, int]:
    version = make.draft_version(cast.northside.agency)
    version.publish(by=cast.admin)
    return {"pk": version.pk}


def kind_of_part(cast: Cast) -> dict[str, int | str]:
    return {**building(cast), "kind": "item"}


def part(cast: Cast) -> dict[str, int | str]:
    draft = make.draft_version(cast.northside.agency)
    return {"pk": draft.pk, "kind": "item", "part": draft.items.get().pk}


def measure(cast: Cast) -> dict[str, int]:
    return {"pk": make.draft_version(cast.northside.agency).measures.get().pk}


def shipped(cast: Cast) -> dict[str, int]:
    return {"pk": make.shipped().instrument_id}


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


def builders(arguments, others: int) -> Row:
    """Supervisor, coach and admin; `others` is what the agency's other people get."""
    return Row(arguments, facilitator=others, peer_partner=others, elsewhere=404)


ADMINS = {
    "facilitator": 403,
    "peer_partner": 403,
    "supervisor": 403,
    "coach": 403,
    "admin": 200,
    "elsewhere": 404,
}


MATRIX: dict[str, Row] = {
    "fidelity:reviews.index": everyone(200),
    "fidelity:reviews.new": everyone(200),
    # The draft is its reviewer's alone.
    "fidelity:reviews.edit": only(draft, coach=200),
    "fidelity:reviews.remove": only(draft, coach=200),
    # Asked by a page's script; GET leads to the page.
    "fidelity:drafts.edit": only(draft, coach=302),
    # Submitted and not released: the reviewer and who supervises or coaches the person.
    "fidelity:reviews.show": only(review, coach=200, supervisor=200),
    "fidelity:tallies.index": only(coding_sheet, coach=200),
    "fidelity:tallies.new": only(coding_sheet, coach=302),
    "fidelity:tallies.remove": only(coding_sheet, coach=302),
    "fidelity:clocks.edit": only(coding_sheet, coach=302),
    "fidelity:amendments.new": only(review, coach=200, supervisor=403),
    "fidelity:releases.new": only(review, coach=200, supervisor=200),
    "fidelity:feedback.show": only(feedback, facilitator=200, coach=200),
    "fidelity:replies.new": only(feedback, facilitator=200, coach=200),
    "fidelity:courses.show": only(facilitator, facilitator=200, coach=200, supervisor=200),
    "fidelity:teams.show": everyone(200),
    "fidelity:marks.index": everyone(200),
    "fidelity:programmes.show": Row(
        northside,
        facilitator=403,
        peer_partner=403,
        supervisor=403,
        coach=403,
        admin=200,
        elsewhere=404,
    ),
    "fidelity:exports.index": everyone(200),
    "fidelity:exports.show": Row(northside, **ADMINS),
    "fidelity:own_exports.show": only(facilitator, facilitator=200, coach=200, supervisor=200),
    "fidelity:imports.index": Row(northside, **ADMINS),
    "fidelity:imports.new": Row(northside, **ADMINS),
    # One's own alone, of an agency where one is an admin.
    "fidelity:imports.show": only(coded, admin=200),
    "fidelity:imports.edit": only(upload, admin=200),
    "fidelity:imports.remove": only(upload, admin=200),
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
    # Plans, goals and experiments.
    "fidelity:consents.index": only(facilitator, facilitator=200, coach=200, supervisor=200),
    "fidelity:consents.new": only(facilitator, facilitator=200, coach=200, supervisor=200),
    "fidelity:consents.remove": only(consent, facilitator=200, coach=200, supervisor=200),
    # Between the two of the feedback; agreed, also read by who supervises or coaches.
    "fidelity:goals.new": only(feedback_read, facilitator=200, coach=200),
    "fidelity:goals.show": only(goal, facilitator=200, coach=200, supervisor=200),
    "fidelity:goals.edit": only(goal, facilitator=200, coach=200, supervisor=403),
    "fidelity:goals.remove": only(proposal, facilitator=200, coach=200),
    "fidelity:agreements.new": only(proposal, facilitator=200, coach=403),
    "fidelity:outcomes.new": only(goal, facilitator=200, coach=200, supervisor=403),
    # The coach's team sees it; the coach, who started it and leads the team, changes it.
    "fidelity:experiments.index": everyone(200),
    "fidelity:experiments.new": everyone(200),
    "fidelity:experiments.show": only(experiment, facilitator=200, peer_partner=200, coach=200),
    "fidelity:experiments.edit": only(experiment, facilitator=403, peer_partner=403, coach=200),
    "fidelity:trials.new": only(experiment, facilitator=403, peer_partner=403, coach=200),
    "fidelity:decisions.new": only(trial, facilitator=403, peer_partner=403, coach=200),
    "fidelity:coaching.show": Row(facilitator=403, peer_partner=403, admin=403, elsewhere=ALIKE),
    # Who reviews whom by when; changed by the coach who made the plan, or an admin.
    "fidelity:plans.index": everyone(200),
    "fidelity:plans.new": Row(facilitator=403, peer_partner=403, elsewhere=ALIKE),
    "fidelity:plans.show": only(plan, supervisor=200, coach=200, admin=200),
    "fidelity:plans.edit": only(plan, supervisor=403, coach=200, admin=200),
    "fidelity:plans.remove": only(plan, supervisor=403, coach=200, admin=200),
    "fidelity:assignments.new": only(plan, supervisor=403, coach=200, admin=200),
    "fidelity:assignments.edit": only(assigned, coach=200),
    "fidelity:recusals.new": only(assigned, coach=200),
    "fidelity:instruments.index": everyone(200),
    "fidelity:instruments.show": Row(instrument, elsewhere=404),
    # The builder: supervisors, coaches and admins of the agency whose instrument it is. Others
    # know the instrument and may not change it; of a draft's parts they know nothing.
    "fidelity:instruments.new": Row(facilitator=403, peer_partner=403, elsewhere=ALIKE),
    "fidelity:instruments.edit": builders(begun, others=403),
    "fidelity:instruments.remove": builders(begun, others=403),
    "fidelity:copies.new": Row(shipped, facilitator=403, peer_partner=403, elsewhere=ALIKE),
    "fidelity:documents.new": Row(facilitator=403, peer_partner=403, elsewhere=ALIKE),
    "fidelity:documents.show": Row(in_use, elsewhere=404),
    "fidelity:versions.show": builders(building, others=404),
    "fidelity:versions.new": builders(instrument, others=403),
    "fidelity:versions.edit": builders(building, others=404),
    "fidelity:versions.remove": builders(building, others=404),
    "fidelity:publications.new": builders(building, others=404),
    "fidelity:retirements.new": builders(in_use, others=403),
    "fidelity:parts.new": builders(kind_of_part, others=404),
    "fidelity:parts.edit": builders(part, others=404),
    "fidelity:parts.remove": builders(part, others=404),
    # Only a POST moves it; a GET leads to the builder.
    "fidelity:places.edit": Row(
        part,
        facilitator=404,
        peer_partner=404,
        supervisor=302,
        coach=302,
        admin=302,
        elsewhere=404,
    ),
    "fidelity:benchmarks.edit": builders(measure, others=404),
    "fidelity:benchmarks.new": builders(measure, others=404),
    "fidelity:schemas.show": everyone(200, visitor=200),
}
