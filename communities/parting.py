"""What becomes of words when someone leaves a community.

Posts, answers and resources stay, under the name of whoever wrote them: the community learned from
them, and an answer without what it answers is none. A host takes down what the leaver asks for.
What was celebrated and not yet answered goes; what they let this community see, it sees no more.
"""

from datetime import datetime

from django.db.models import Q

from communities.leaving import on_leaving
from communities.models import (
    Celebration,
    CelebrationAnswer,
    Membership,
    PostRemoval,
    Reply,
    ReplyRemoval,
    ResourceRemoval,
)
from portal.notices.models import Notice
from portal.people.models import User


@on_leaving
def withdraw_celebrations(membership: Membership, by: User | None, at: datetime) -> None:
    """Said here and unanswered: gone. Shown here: between the two alone again."""
    person, community = membership.person, membership.community
    shown = CelebrationAnswer.objects.filter(community=community, celebration__person=person)
    shown.update(community=None)
    between = Q(person=person) | Q(by=person)
    unanswered = list(Celebration.objects.waiting().filter(between, community=community))
    _take_back("communities.celebration", [each.pk for each in unanswered], at)
    Celebration.objects.filter(pk__in=[each.pk for each in unanswered]).delete()


@on_leaving
def withdraw_exchange_notices(membership: Membership, by: User | None, at: datetime) -> None:
    """What they have not read about their posts here is out of their reach now."""
    community = membership.community
    about = {
        Reply: Q(post__community=community, post__by=membership.person),
        PostRemoval: Q(of__community=community, of__by=membership.person),
        ReplyRemoval: Q(of__post__community=community, of__by=membership.person),
        ResourceRemoval: Q(of__community=community, of__by=membership.person),
    }
    for model, theirs in about.items():
        rows = model._default_manager.filter(theirs).values_list("pk", flat=True)
        _take_back(model._meta.label_lower, list(rows), at, membership.person)


def _take_back(subject: str, ids: list[int], at: datetime, person: User | None = None) -> None:
    unread = Notice.objects.standing().filter(
        subject_type=subject, subject_id__in=ids, read_at=None
    )
    (unread.filter(recipient=person) if person else unread).take_back(at)
