"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

from communities.inviting import invite_all
from communities.models import CalendarMail, CalendarWish
from tests.communities import (
    make,
    make_exchange,
    make_meetings,
    samples_of_belonging,
    samples_of_routines,
)


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


def reply(cast):
    post = make_exchange.post(make.circle(cast), cast.facilitator)
    return cast.facilitator, make_exchange.reply(post, cast.coach)


def taken_down(cast, thing):
    thing.remove(by=cast.coach, reason="It names a school that everyone knows.")
    return cast.facilitator, thing.removal


def post_taken_down(cast):
    return taken_down(cast, make_exchange.post(make.circle(cast), cast.facilitator))


def reply_taken_down(cast):
    post = make_exchange.post(make.circle(cast), cast.coach)
    return taken_down(cast, make_exchange.reply(post, cast.facilitator))


def resource_taken_down(cast):
    return taken_down(cast, make_exchange.link(make.circle(cast), cast.facilitator))


def celebration(cast):
    said = make_exchange.celebration(make.circle(cast), cast.facilitator, cast.coach)
    return cast.facilitator, said


def celebration_answered(cast):
    _person, said = celebration(cast)
    said.agree(by=cast.facilitator, community=said.community)
    return cast.coach, said


SAMPLES = {
    "calendar.mailed": invitation,
    "membership.welcome": membership,
    "session.reminder": session,
    "session.after": session,
    "session.cancelled": cancelled,
    "session.moved": session,
    "session.reinstated": session,
    "session.summary": held,
    "session.record_missing": held,
    "series.changed": series,
    "series.ended": series,
    "series.resumed": series,
    **samples_of_belonging.SAMPLES,
    **samples_of_routines.SAMPLES,
    "reply.posted": reply,
    "post.taken_down": post_taken_down,
    "reply.taken_down": reply_taken_down,
    "resource.taken_down": resource_taken_down,
    "celebration.offered": celebration,
    "celebration.answered": celebration_answered,
}
