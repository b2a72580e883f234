"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

from tests.communities import make_routines
from tests.communities.make import SINCE
from tests.fidelity import make


def released(cast):
    return cast.facilitator, make.feedback(cast.coach, cast.facilitator)


def replied(cast):
    feedback = make.feedback(cast.coach, cast.facilitator)
    return cast.coach, feedback.reply(by=cast.facilitator, text="Thank you, I will try it.")


def amended(cast):
    review = make.feedback(cast.coach, cast.facilitator).review
    return cast.facilitator, make.amendment(review)


def few_contacts(cast):
    """The facilitator has been here for half a year and was given no feedback."""
    type(cast.facilitator).objects.update(joined_at=SINCE)
    return cast.supervisor, make_routines.routine(cast.northside.agency, kind="feedback.few")


SAMPLES = {
    "feedback.released": released,
    "feedback.replied": replied,
    "review.amended": amended,
    "feedback.few": few_contacts,
}
