"""A sample of each recurring reminder: who is told, and of which routine."""

from datetime import date

from tests.communities import make, make_routines


def commitments_due(cast):
    """One comes back on the day of the sample; its words are nobody's but theirs."""
    commitment = make.commitment(cast.facilitator, text="Ask the grandmother first")
    type(commitment).objects.update(due_on=date(2026, 11, 24))
    return cast.facilitator, make_routines.routine(cast.northside.agency, kind="commitments.due")


def supervision_week(cast):
    """The supervisor has a facilitator who was given no feedback."""
    type(cast.facilitator).objects.update(joined_at=make.SINCE)
    return cast.supervisor, make_routines.routine(cast.northside.agency, kind="supervision.week")


SAMPLES = {"commitments.due": commitments_due, "supervision.week": supervision_week}
