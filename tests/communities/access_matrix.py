"""Who gets what, by URL. `tests/matrix.py` says how to read it.

In the circle the facilitator is a member and the coach hosts; the admin administers its agency.
"""

from portal.people.models import FeedToken
from tests.cast import Cast
from tests.communities import (
    make,
    make_belonging,
    make_exchange,
    make_hours,
    make_meetings,
    make_routines,
)
from tests.matrix import ALIKE, Row, everyone


def a_community(cast: Cast) -> dict[str, int]:
    return {"pk": make.circle(cast).pk}


def a_membership(cast: Cast) -> dict[str, int]:
    return {"pk": make.circle(cast).memberships.get(person=cast.facilitator).pk}


def an_ended_series(cast: Cast) -> dict[str, int]:
    series = make.series(make.circle(cast))
    series.end(by=None)
    return {"pk": series.pk}


def a_series(cast: Cast) -> dict[str, int]:
    return {"pk": make.series(make.circle(cast)).pk}


def a_routine(cast: Cast) -> dict[str, int]:
    """Of the circle: the coach hosts it, the facilitator is a member."""
    circle = make.circle(cast)
    return {"pk": make_routines.routine(cast.northside.agency, community=circle).pk}


def a_session(cast: Cast) -> dict[str, int]:
    return {"pk": make.session(make.circle(cast)).pk}


def a_meeting(cast: Cast) -> dict[str, int]:
    return {"pk": make_meetings.meeting(make.circle(cast)).pk}


def an_attendance(cast: Cast) -> dict[str, int]:
    return a_meeting(cast) | {"person": cast.facilitator.pk}


def notes_version(cast: Cast) -> dict[str, int]:
    session = make_meetings.meeting(make.circle(cast))
    return {"pk": session.pk, "number": make_meetings.notes(session, cast.coach).number}


def a_case(cast: Cast) -> dict[str, int]:
    session = make_meetings.meeting(make.circle(cast))
    return {"pk": make_meetings.case_round(session, cast.facilitator).pk}


def a_commitment(cast: Cast) -> dict[str, int]:
    return {"pk": make.commitment(cast.facilitator).pk}


def an_outcome(cast: Cast) -> dict:
    commitment = make.commitment(cast.facilitator)
    return {"pk": commitment.settle("tried", by=cast.facilitator).pk}


def an_address(cast: Cast) -> dict[str, int]:
    FeedToken.issue(cast.facilitator)
    return {"pk": FeedToken.objects.held_by(cast.facilitator).get().pk}


def a_certificate(cast: Cast) -> dict[str, int]:
    return {"pk": make_hours.certificate(cast.facilitator).pk}


def their_hours(cast: Cast) -> dict[str, int]:
    return {"pk": cast.facilitator.pk}


def inside(arguments) -> Row:
    """Members, hosts and the home agency's admins; nobody else knows that it exists."""
    return Row(arguments, peer_partner=404, supervisor=404, elsewhere=404)


def running(arguments, coach: int = 200) -> Row:
    """Hosts and admins; members are told that it is not for them."""
    return Row(
        arguments, facilitator=403, peer_partner=404, supervisor=404, coach=coach, elsewhere=404
    )


def taking_part(arguments) -> Row:
    """Members; an admin who is none is told that it is for members."""
    return Row(arguments, peer_partner=404, supervisor=404, admin=403, elsewhere=404)


def a_post(cast: Cast) -> dict[str, int]:
    """By the facilitator; the coach hosts."""
    return {"pk": make_exchange.post(make.circle(cast), cast.facilitator).pk}


def a_reply(cast: Cast) -> dict[str, int]:
    post = make_exchange.post(make.circle(cast), cast.coach)
    return {"pk": make_exchange.reply(post, cast.facilitator).pk}


def a_resource(cast: Cast) -> dict[str, int]:
    return {"pk": make_exchange.file(make.circle(cast), cast.facilitator).pk}


def a_celebration(cast: Cast) -> dict[str, int]:
    """Of the facilitator by the coach, shown in the circle."""
    circle = make.circle(cast)
    said = make_exchange.celebration(circle, cast.facilitator, cast.coach)
    said.agree(by=cast.facilitator, community=circle)
    return {"pk": said.pk}


def a_member(cast: Cast) -> dict[str, int]:
    return {"pk": make.circle(cast).pk, "person": cast.facilitator.pk}


def its_authors(arguments) -> Row:
    """Whoever wrote it; others who see it are told that it is not theirs."""
    return Row(arguments, peer_partner=404, supervisor=404, coach=403, admin=403, elsewhere=404)


# A member sees what reminds them; whoever runs the group sets it.
ROUTINES: dict[str, Row] = {
    "communities:routines.index": everyone(),
    "communities:routines.new": Row(facilitator=403, peer_partner=403, coach=403, elsewhere=ALIKE),
    "communities:routines.show": inside(a_routine),
    "communities:routines.edit": running(a_routine),
    "communities:routines.remove": running(a_routine),
    "communities:pauses.new": running(a_routine),
    "communities:pauses.remove": running(a_routine),
    "communities:skips.new": running(a_routine),
    "communities:skips.remove": running(a_routine),
}
MATRIX: dict[str, Row] = ROUTINES | {
    "communities:communities.index": everyone(),
    "communities:communities.show": inside(a_community),
    "communities:communities.new": Row(
        facilitator=403, peer_partner=403, supervisor=403, coach=403, elsewhere=ALIKE
    ),
    "communities:communities.edit": running(a_community),
    "communities:closures.new": running(a_community, coach=403),
    "communities:closures.remove": running(make_belonging.closed, coach=403),
    "communities:closures.index": everyone(),
    "communities:memberships.new": running(a_community, coach=403),
    "communities:memberships.edit": running(a_membership),
    # Members leave; the admin, who is none, is told so.
    "communities:leavings.new": Row(
        a_community, peer_partner=404, supervisor=404, admin=403, elsewhere=404
    ),
    "communities:hand_overs.new": running(a_community),
    "communities:directory.index": everyone(),
    # It takes requests: whoever works there and is no member may ask.
    "communities:requests.new": Row(
        make_belonging.asking, facilitator=404, coach=404, elsewhere=404
    ),
    "communities:invitations.new": running(a_community),
    # The peer partner is invited.
    "communities:joinings.show": Row(
        make_belonging.invited, facilitator=404, supervisor=404, elsewhere=404
    ),
    "communities:joinings.remove": Row(
        make_belonging.invited, facilitator=404, peer_partner=403, supervisor=404, elsewhere=404
    ),
    "communities:agreements.index": inside(a_community),
    "communities:agreements.new": running(a_community),
    "communities:agreements.show": inside(make_belonging.agreed),
    # Members say yes by POST; a GET leads them to the words.
    "communities:acceptances.new": Row(
        make_belonging.agreed,
        facilitator=302,
        peer_partner=404,
        supervisor=404,
        coach=302,
        admin=403,
        elsewhere=404,
    ),
    "communities:spans.index": Row(
        facilitator=403, peer_partner=403, supervisor=403, coach=403, elsewhere=ALIKE
    ),
    "communities:spans.remove": Row(
        make_belonging.spanning, **make_belonging.ONLY_ADMIN, elsewhere=404
    ),
    "communities:proposals.new": running(a_community, coach=403),
    # Put to someone of a third agency: neither of these two has a say in the answer.
    "communities:proposals.edit": everyone(404, arguments=make_belonging.proposed),
    "communities:proposals.remove": Row(
        make_belonging.proposed, **make_belonging.ONLY_ADMIN, elsewhere=404
    ),
    "communities:memberships.remove": running(a_membership),
    "communities:series.new": running(a_community),
    "communities:series.show": inside(a_series),
    "communities:series.edit": running(a_series),
    "communities:series.remove": running(a_series),
    "communities:sessions.show": inside(a_session),
    "communities:cancellations.new": running(a_session),
    "communities:cancellations.remove": running(a_session),
    "communities:sessions.edit": running(a_session),
    "communities:moves.new": running(a_session),
    "communities:moves.remove": running(a_session),
    "communities:continuations.new": running(a_session),
    "communities:endings.remove": running(an_ended_series),
    "communities:rotations.edit": running(a_series),
    "communities:agendas.edit": running(a_session),
    "communities:meetings.show": inside(a_meeting),
    "communities:projections.show": running(a_meeting),
    "communities:turns.new": running(a_meeting),
    "communities:focuses.edit": running(a_meeting),
    "communities:attendances.index": running(a_meeting),
    "communities:attendances.new": taking_part(a_meeting),
    "communities:attendances.edit": running(an_attendance),
    "communities:notes.edit": inside(a_meeting),
    "communities:notes.index": inside(a_meeting),
    "communities:notes.show": inside(notes_version),
    "communities:case_rounds.new": taking_part(a_meeting),
    "communities:case_rounds.show": inside(a_case),
    # Only POST moves a round on; asked for, it leads to the round's page.
    "communities:case_rounds.edit": Row(
        a_case,
        facilitator=403,
        peer_partner=404,
        supervisor=404,
        coach=302,
        admin=302,
        elsewhere=404,
    ),
    "communities:suggestions.new": taking_part(a_case),
    "communities:commitments.index": everyone(),
    "communities:commitments.new": everyone(),
    "communities:commitments.edit": Row(
        a_commitment, peer_partner=404, supervisor=404, coach=404, admin=404, elsewhere=404
    ),
    # Only POST takes it back; asked for, it leads to the commitment.
    "communities:outcomes.remove": Row(
        an_outcome,
        facilitator=302,
        peer_partner=404,
        supervisor=404,
        coach=404,
        admin=404,
        elsewhere=404,
    ),
    "communities:months.index": everyone(),
    "communities:months.show": everyone(arguments=lambda cast: {"year": 2026, "month": 11}),
    "communities:posts.index": everyone(),
    "communities:posts.new": everyone(),
    "communities:posts.show": inside(a_post),
    "communities:posts.edit": its_authors(a_post),
    "communities:posts.remove": inside(a_post),
    "communities:replies.new": taking_part(a_post),
    "communities:replies.edit": its_authors(a_reply),
    "communities:replies.remove": inside(a_reply),
    "communities:resources.index": inside(a_community),
    "communities:resources.new": taking_part(a_community),
    "communities:resources.edit": its_authors(a_resource),
    "communities:resources.remove": inside(a_resource),
    "communities:files.show": inside(a_resource),
    "communities:celebrations.index": everyone(),
    "communities:celebrations.new": taking_part(a_community),
    "communities:celebrations.edit": its_authors(a_celebration),
    "communities:celebrations.remove": Row(
        a_celebration, peer_partner=404, supervisor=404, admin=403, elsewhere=404
    ),
    "communities:people.show": inside(a_member),
    "communities:feeds.new": everyone(),
    "communities:feeds.remove": Row(
        an_address, peer_partner=404, supervisor=404, coach=404, admin=404, elsewhere=404
    ),
    "communities:calendar_wishes.edit": everyone(),
    "communities:downloads.show": inside(a_session),
    "communities:rsvps.edit": Row(
        a_session, peer_partner=404, supervisor=404, admin=403, elsewhere=404
    ),
    "communities:attendance_exports.show": running(a_session),
    "communities:attendance_exports.index": running(a_series),
    "communities:hours.index": everyone(),
    # The supervisor and the admin answer for the facilitator; the coach only develops skill.
    "communities:hours.show": Row(
        their_hours, facilitator=404, peer_partner=404, coach=404, elsewhere=404
    ),
    "communities:certificates.new": everyone(),
    "communities:certificates.show": Row(
        a_certificate, peer_partner=404, supervisor=404, coach=404, admin=404, elsewhere=404
    ),
    "communities:certificates.index": everyone(visitor=200),
    # A secret in the address opens it, to anyone; a strange one is no address at all.
    "communities:feeds.show": everyone(404, arguments=lambda cast: {"token": "x"}, visitor=404),
}
