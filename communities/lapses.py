"""Memberships whose ground is gone by its date: a role that ended, an audience left.

What such a membership opens ended at that very instant, since every permission asks for positions
that hold now. A tick then ends the membership itself, as a departure would: notices, shares and
hosting go or are handed on. A host who cannot sign in keeps theirs, and their community is told.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from communities.models import Audience, Community, Membership, Span
from communities.models.membership import MembershipQuerySet
from communities.notices import HostLeft
from portal.agencies.models import Position, Role
from portal.notices.models import Notice

BATCH = 100  # memberships a tick


def lapsed(at: datetime | None = None) -> MembershipQuerySet:
    """Memberships of people who hold no fitting position in its agencies, nor will."""
    spanned = Span.objects.filter(community=OuterRef(OuterRef("community")))
    home = Q(agency=OuterRef("community__agency"))
    theirs = Position.objects.not_over(at).filter(
        home | Q(agency__in=spanned.values("agency")), person=OuterRef("person")
    )
    for_everyone = Q(community__audience=Audience.EVERYONE)
    fitting = Q(for_everyone & Exists(theirs)) | Q(
        ~for_everyone & Exists(theirs.filter(role=Role.SUPERVISOR))
    )
    return Membership.objects.current(at).exclude(fitting)


def end_lapsed(at: datetime | None = None) -> int:
    """End the memberships whose ground is gone; how many."""
    at = at or timezone.now()
    over = lapsed(at).select_related("person", "community__agency").order_by("pk")[:BATCH]
    for membership in over:
        membership.end(by=None, at=at)
    return len(over)


def tell_of_absent_hosts(at: datetime | None = None) -> int:
    """Tell, once, of hosts who cannot sign in any more while nobody has taken over."""
    at = at or timezone.now()
    told = Notice.objects.filter(
        kind=HostLeft.kind, subject_type="communities.membership", subject_id=OuterRef("pk")
    )
    absent = Membership.objects.current(at).filter(
        ~Exists(told), person__is_active=False, community__closure=None
    )
    hosting = Q(role="host") | Q(
        community__series__host=F("person"), community__series__ending=None
    )
    count = 0
    for membership in absent.filter(hosting).distinct().select_related("community__agency")[:BATCH]:
        community: Community = membership.community
        if community.needs_host(at):
            runs_it = {*community.hosts(at), *community.admins(at)}
            count += HostLeft.tell(runs_it, about=membership, due_at=at)
    return count
