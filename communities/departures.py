"""What goes, and what is handed over, when someone leaves a community or an agency."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from communities.hosting import give_single_sessions
from communities.leaving import on_leaving
from communities.models import (
    CaseRound,
    Community,
    Membership,
    Routine,
    Series,
    Session,
    Taking,
    hand_over_turn,
    leave_the_turns,
)
from communities.models.community import CommunityQuerySet
from portal.agencies.departures import on_departure, on_hand_over
from portal.agencies.models import Agency
from portal.notices.models import Notice
from portal.people.models import FeedToken, User


@on_leaving
def withdraw_notices(membership: Membership, by: User | None, at: datetime) -> None:
    """What they have not read of this community's sessions is of no use to them any more."""
    community = membership.community
    about = {
        "communities.membership": [membership.pk],
        "communities.series": Series.objects.filter(community=community).values("pk"),
        "communities.session": Session.objects.filter(series__community=community).values("pk"),
    }
    theirs = Q()
    for subject_type, ids in about.items():
        theirs |= Q(subject_type=subject_type, subject_id__in=ids)
    unread = Notice.objects.standing().filter(recipient=membership.person, read_at=None)
    unread.filter(theirs).update(withdrawn_at=at)


@on_leaving
def drop_out_of_the_turns(membership: Membership, by: User | None, at: datetime) -> None:
    """They host no more in turn: the others go on in their order."""
    for series in membership.community.series.running().filter(turns__person=membership.person):
        leave_the_turns(series, membership.person, by=by, at=at)


@on_leaving
def end_calendars(membership: Membership, by: User | None, at: datetime) -> None:
    """Addresses that open this community alone are of no use to them, and must not come back to
    life with another membership; nor do they answer for sessions that they will not come to."""
    FeedToken.objects.held_by(membership.person).filter(
        narrowed__community=membership.community
    ).revoke(at=at)
    to_come = Session.objects.filter(series__community=membership.community, starts_at__gt=at)
    membership.person.rsvps.filter(session__in=to_come).delete()


@on_leaving
def take_their_own_along(membership: Membership, by: User | None, at: datetime) -> None:
    """What they showed members of their commitments is theirs alone again, and a case that they
    meant to bring is not brought by anybody else."""
    inside = {"session__series__community": membership.community}
    Taking.objects.filter(**inside, commitment__person=membership.person).update(shown_at=None)
    CaseRound.objects.filter(**inside, presenter=membership.person, steps=None).delete()


@on_departure
def end_memberships(person: User, agency: Agency, by: User | None, at: datetime) -> Iterator[str]:
    """They leave every community that only this agency's employment opened to them."""
    memberships = person.memberships.not_over(at).filter(community__in=_reaching(agency))
    for membership in memberships.select_related("community__agency"):
        community = membership.community
        elsewhere = community.positions(at).filter(person=person).exclude(agency=agency)
        if not elsewhere.exists():
            membership.end(by=by, at=at)
            yield _("Member of %(community)s") % {"community": community}


@on_departure
def end_joinings(person: User, agency: Agency, by: User | None, at: datetime) -> Iterator[str]:
    """Invitations and requests that only this agency's employment made possible."""
    waiting = person.joinings.open().filter(community__in=_reaching(agency))
    for joining in waiting.select_related("community"):
        community = joining.community
        elsewhere = community.positions(at).filter(person=person).exclude(agency=agency)
        if not elsewhere.exists():
            person.joinings.filter(pk=joining.pk).settle("lapsed", by=by, at=at)
            yield _("On the way into %(community)s") % {"community": community}


@on_departure
def end_team_reminders(
    person: User, agency: Agency, by: User | None, at: datetime
) -> Iterator[str]:
    """A team whose supervisor is gone has no reminders of its own: whoever takes it over sets
    theirs."""
    standing = Routine.objects.filter(agency=agency, team_of=person, ended_at=None)
    for routine in standing.in_words():
        routine.end(by=by, at=at)
        yield _("Recurring reminder of %(group)s") % {"group": routine.group}


@on_hand_over
def hand_over_series(
    leaver: User, successor: User, agency: Agency, by: User | None, at: datetime
) -> Iterator[str]:
    """The successor hosts what the leaver hosted, where they may belong."""
    for community in _reaching(agency).standing().select_related("agency"):
        hosting = community.memberships.current(at).filter(person=leaver, role="host").exists()
        series = list(community.series.running().filter(host=leaver))
        turns = list(community.series.running().filter(turns__person=leaver))
        single = Session.objects.filter(series__community=community, host=leaver).upcoming(at)
        if (
            not (hosting or series or turns or single.exists())
            or not community.eligible(at).filter(pk=successor.pk).exists()
        ):
            continue
        role = "host" if hosting else "member"
        membership = community.welcome(successor, by=by, role=role, at=at)
        if hosting:
            membership.become("host", by=by, at=at)
            yield _("Host of %(community)s") % {"community": community}
        give_single_sessions(community, leaver, successor, at=at)
        for each in series:
            each.hand_over(successor, by=by, at=at)
            yield _("Host of %(series)s in %(community)s") % {
                "series": each,
                "community": community,
            }
        for each in turns:
            hand_over_turn(each, leaver, successor, by=by, at=at)
            yield _("A turn at hosting %(series)s in %(community)s") % {
                "series": each,
                "community": community,
            }


def _reaching(agency: Agency) -> CommunityQuerySet:
    """Communities that the agency's people may belong to."""
    return Community.objects.filter(Q(agency=agency) | Q(spans__agency=agency)).distinct()
