"""What a person wants to be told over which channel: by category, and by kind within it.

A kind comes over a channel when its category is wanted there and it is not left out. What is
essential comes in any case.
"""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from portal.notices.models import Channel, Exclusion, Notice, Preference
from portal.people.models import User

if TYPE_CHECKING:
    from portal.notices.kinds import NoticeKind


def wants(person: User, kind: "type[NoticeKind]", channel: str) -> bool:
    """Whether the person wants this kind over the channel."""
    return kind.essential or (
        Preference.wants(person, kind.category, channel)
        and (kind.kind, channel) not in Exclusion.of(person)
    )


def refusing(kind: "type[NoticeKind]", channel: str) -> QuerySet[User]:
    """Everyone who does not."""
    if kind.essential:
        return User.objects.none()
    by_category = Preference.objects.filter(category=kind.category, channel=channel, wanted=False)
    by_kind = Exclusion.objects.filter(kind=kind.kind, channel=channel)
    return User.objects.filter(
        Q(pk__in=by_category.values("person")) | Q(pk__in=by_kind.values("person"))
    )


def show_what_is_wanted(person: User) -> None:
    """After a choice about the portal: hide what is unread and no longer wanted there, and show
    what is. What was read stays as it was."""
    from portal.notices.kinds import kinds  # which ask what is wanted

    unread = Notice.objects.filter(recipient=person, read_at=None)
    hidden = [kind.kind for kind in kinds.values() if not wants(person, kind, Channel.PORTAL)]
    unread.filter(kind__in=hidden, in_portal=True).update(in_portal=False)
    unread.filter(in_portal=False).exclude(kind__in=hidden).update(in_portal=True)
