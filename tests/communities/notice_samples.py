"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

from communities.inviting import invite_all
from communities.models import CalendarMail, CalendarWish
from tests.communities import make, make_meetings, samples_of_belonging


def membership(cast):
    circle = make.circle(cast)
    return cast.facilitator, circle.memberships.get(person=cast.facilitator)


def session(cast):
    return cast.facilitator, make.session(make.circle(cast))


def cancelled(cast):
    called_off = make.session(make.circle(cast))
    called_off.cancel(by=cast.coach, reason="The heating is out.")
    return cast.facilitator, called_off


def series(cast):
    return cast.facilitator, make.series(make.circle(cast))


def invitation(cast):
    CalendarWish.choose(cast.facilitator, wanted=True)
    make.series(make.circle(cast))
    invite_all()
    return cast.facilitator, CalendarMail.objects.get()


def held(cast):
    session = make_meetings.meeting(make.circle(cast))
    make_meetings.notes(session, cast.coach)
    return cast.coach, session


SAMPLES = {
    "calendar.mailed": invitation,
    "membership.welcome": membership,
    "session.reminder": session,
    "session.cancelled": cancelled,
    "session.moved": session,
    "session.reinstated": session,
    "session.summary": held,
    "session.record_missing": held,
    "series.changed": series,
    "series.ended": series,
    **samples_of_belonging.SAMPLES,
}
