"""Whom a notice may still reach."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Model

from portal.notices.kinds import Category, NoticeKind
from portal.notices.models import Notice
from portal.people.models import User

if TYPE_CHECKING:
    from communities.models.community import Community


def belongs(person: User, community: "Community") -> bool:
    """Whether the person is a member now: asked again at the moment of sending."""
    known: dict[int, bool] = getattr(community, "known_members", {})
    if person.pk in known:
        return known[person.pk]
    return community.members().filter(pk=person.pk).exists()


class ForMembers(NoticeKind):
    """For those who belong to the subject's community when it is sent, and when it is read."""

    category = Category.SESSIONS

    @classmethod
    def community_of(cls, subject: Any) -> "Community":
        return cast("Community", subject.community)

    @classmethod
    def gather(cls, subject: Any, people: Collection[User]) -> None:
        super().gather(subject, people)
        community: Any = cls.community_of(subject)
        if community is not None:
            asked = {person.pk for person in people}
            there = set(community.members().filter(pk__in=asked).values_list("pk", flat=True))
            community.known_members = {pk: pk in there for pk in asked}

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and belongs(notice.recipient, cls.community_of(subject))
        )


class ToldAnew(NoticeKind):
    """A notice that the next of its kind about the same thing replaces."""

    @classmethod
    def tell_anew(
        cls,
        people: Iterable[User],
        *,
        about: Model,
        due_at: datetime,
        expires_at: datetime | None = None,
    ) -> int:
        """`tell`; what nobody has read of an earlier one is taken back, so that two changes within
        a minute are one notice."""
        cls.withdraw(about=about, at=due_at)
        return cls.tell(people, about=about, due_at=due_at, expires_at=expires_at)
