"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

from datetime import date

from tests.communities import make_routines
from tests.communities.make import SINCE
from tests.fidelity import make

TODAY = date(2026, 11, 24)  # of the samples


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


def routine_of(cast, kind):
    return make_routines.routine(cast.northside.agency, kind=kind)


def goal_proposed(cast):
    return cast.facilitator, make.goal(cast, agreed=False)


def goal_agreed(cast):
    goal = make.goal(cast)
    return goal.proposed_by, goal


def goal_due(cast):
    """Its words are nobody's but theirs."""
    make.goal(cast, due_on=TODAY)
    return cast.facilitator, routine_of(cast, "goals.due")


def review_due(cast):
    review = make.assigned(cast)
    type(review).objects.filter(pk=review.pk).update(due_on=TODAY)
    return cast.coach, routine_of(cast, "reviews.due")


def review_overdue(cast):
    review = make.assigned(cast)
    type(review).objects.filter(pk=review.pk).update(due_on=date(2026, 11, 20))
    return cast.coach, routine_of(cast, "reviews.overdue")


def experiment_due(cast):
    make.experiment(cast, ends_on=TODAY).begin(by=cast.coach)
    return cast.coach, routine_of(cast, "experiments.due")


SAMPLES = {
    "feedback.released": released,
    "feedback.replied": replied,
    "review.amended": amended,
    "feedback.few": few_contacts,
    "goals.proposed": goal_proposed,
    "goals.agreed": goal_agreed,
    "goals.due": goal_due,
    "reviews.due": review_due,
    "reviews.overdue": review_overdue,
    "experiments.due": experiment_due,
}
