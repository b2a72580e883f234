"""A host leaves: who hears of it, and how somebody takes over in one step."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.leaving import on_leaving
from communities.models import Community, Membership, Series, Session
from communities.notices import HostLeft
from portal.audit.events import record
from portal.people.models import User


@transaction.atomic
def take_over(
    community: Community, to: User, *, by: User | None, at: datetime | None = None
) -> None:
    """`to` hosts the community, and every series and session to come whose host is gone.

    An admin who may belong to it becomes a member by that. Twice is as once.
    Raises ValidationError with words when they cannot belong to it, or it is closed.
    """
    at = at or timezone.now()
    membership = community.welcome(to, by=by, role="host", at=at, quietly=by == to)
    if not membership.holds(at):
        raise ValidationError(_("Choose someone who belongs to it now."))
    membership.become("host", by=by, at=at)
    for series in community.hostless_series(at):
        series.hand_over(to, by=by, at=at)
    theirs = Session.objects.filter(series__community=community).upcoming(at)
    gone = theirs.exclude(host=None).exclude(host__in=community.members(at))
    gone.order_by().update(host=to, changed_at=at)
    record("community.taken_over", on=community, by=by, at=at)


@transaction.atomic
def hand_on(
    community: Community, leaver: User, to: User, *, by: User | None, at: datetime | None = None
) -> None:
    """On the way out a host gives a member the community, and all that they host in it."""
    at = at or timezone.now()
    membership = community.memberships.current(at).get(person=to)
    membership.become("host", by=by, at=at)
    for series in community.series.running().filter(host=leaver):
        series.hand_over(to, by=by, at=at)
    give_single_sessions(community, leaver, to, at=at)


def give_single_sessions(community: Community, leaver: User, to: User, *, at: datetime) -> None:
    """Sessions to come that the leaver hosts in somebody else's series."""
    theirs = Session.objects.filter(series__community=community, host=leaver).upcoming(at)
    theirs.order_by().update(host=to, changed_at=at)


@on_leaving
def fall_back_on_the_series(membership: Membership, by: User | None, at: datetime) -> None:
    """A single session of theirs in somebody else's series is that one's again."""
    series = Series.objects.filter(pk=OuterRef("series"))
    theirs = Session.objects.filter(series__community=membership.community).upcoming(at)
    single = theirs.filter(host=membership.person).exclude(
        Q(series__host=None) | Q(series__host=membership.person)
    )
    Session.objects.filter(pk__in=list(single.values_list("pk", flat=True))).update(
        host=Subquery(series.values("host")[:1]), changed_at=at
    )


@on_leaving
def tell_that_the_host_left(membership: Membership, by: User | None, at: datetime) -> None:
    """Co-hosts and admins hear of it while there is something to take over."""
    community = membership.community
    hosted = community.series.running().filter(host=membership.person)
    if membership.role != "host" and not hosted.exists():
        return
    if not community.is_closed and community.needs_host(at):
        runs_it = {*community.hosts(at), *community.admins(at)} - {membership.person}
        HostLeft.tell(runs_it, about=membership, due_at=at)
