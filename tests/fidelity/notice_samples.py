"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

from tests.fidelity import make


def released(cast):
    return cast.facilitator, make.feedback(cast.coach, cast.facilitator)


def replied(cast):
    feedback = make.feedback(cast.coach, cast.facilitator)
    return cast.coach, feedback.reply(by=cast.facilitator, text="Thank you, I will try it.")


def amended(cast):
    review = make.feedback(cast.coach, cast.facilitator).review
    return cast.facilitator, make.amendment(review)


SAMPLES = {
    "feedback.released": released,
    "feedback.replied": replied,
    "review.amended": amended,
}
