"""What goes when an author or a reader leaves. A share never passes to a successor: whom to trust
with an entry is the author's to say."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.leaving import on_leaving
from communities.models import Membership
from portal.agencies.departures import on_departure, on_hand_over
from portal.agencies.models import Agency, Supervision
from portal.people.models import User
from reflections.models import Reflection, Share
from reflections.notices import ReaderLeft


@on_leaving
def withdraw_from_community(membership: Membership, by: User | None, at: datetime) -> None:
    """What the person shared with the community leaves it with them."""
    theirs = Share.objects.by(membership.person).filter(community=membership.community)
    for share in theirs.select_related("reflection", "person"):
        share.withdraw(by=by, at=at)


@on_departure
def withdraw_from_people(
    person: User, agency: Agency, by: User | None, at: datetime
) -> Iterator[str]:
    """Entries that the person opened to a supervisor or coach here, or was opened here, close, and
    so does all that they wrote here. Their journal stays as long as the agency keeps reflections.
    """
    elsewhere = (
        Supervision.objects.current(at)
        .filter(supervisor=OuterRef("person"), supervisee=OuterRef("reflection__author"))
        .exclude(agency=agency)
    )
    leaning = Share.objects.filter(Q(reflection__author=person) | Q(person=person))
    written_here = Q(reflection__author=person, reflection__agency=agency)
    ended = leaning.filter(Q(~Exists(elsewhere), person__isnull=False) | written_here)
    count = 0
    for share in ended.select_related("reflection", "person"):
        share.withdraw(by=by, at=at)
        count += 1
    if count:
        yield ngettext(
            "%(count)d reflection is read by its author only again",
            "%(count)d reflections are read by their authors only again",
            count,
        ) % {"count": count}


@on_hand_over
def tell_whoever_waits(
    leaver: User, successor: User, agency: Agency, by: User | None, at: datetime
) -> Iterator[str]:
    """Authors who wait for the leaver's answer are told, and may share with someone else."""
    waiting = Reflection.objects.awaiting_answer(leaver).filter(agency=agency)
    for reflection in waiting.select_related("author"):
        ReaderLeft.tell([reflection.author], about=reflection, due_at=at)
        yield _("%(author)s is asked who should read a reflection now") % {
            "author": reflection.author
        }
