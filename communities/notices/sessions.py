"""What members are told of one session."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.notices.belonging import ForMembers, ToldAnew
from portal.notices.kinds import register
from portal.notices.models import Notice
from portal.people.models import User

if TYPE_CHECKING:
    from communities.models.session import Session


class AboutSession(ForMembers, ToldAnew):
    """Of use to members until the session is over."""

    @classmethod
    def context(cls, notice: Notice, subject: "Session") -> dict[str, Any]:
        return super().context(notice, subject) | {
            "session": subject,
            "series": subject.series,
            "community": subject.community,
        }


class WhileItStands(AboutSession):
    """Of no use once the session is called off."""

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Session | None") -> bool:
        return (
            subject is not None
            and not subject.is_cancelled
            and super().still_holds(notice, subject)
        )


@register
class SessionReminder(WhileItStands):
    """A session is coming. Of no use to someone who has said that they are not."""

    kind = "session.reminder"
    title = _("A session is coming")
    template = "communities/emails/session_reminder"

    @classmethod
    def gather(cls, subject: Any, people: Collection[User]) -> None:
        super().gather(subject, people)
        subject.known_to_decline = set(subject.rsvps.declined().values_list("person", flat=True))

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Session | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and not _declines(notice.recipient, subject)
        )


def _declines(person: User, session: "Session") -> bool:
    known: set[int] | None = getattr(session, "known_to_decline", None)
    if known is not None:
        return person.pk in known
    return session.rsvps.declined().filter(person=person).exists()


@register
class WhatWillYouTry(WhileItStands):
    """A session is over. Of no use to someone who has said what they will try."""

    kind = "session.after"
    title = _("What will you try?")
    template = "communities/emails/what_will_you_try"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Session | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and not subject.takings.filter(commitment__person=notice.recipient).exists()
        )

    @classmethod
    def context(cls, notice: Notice, subject: "Session") -> dict[str, Any]:
        url = f"{reverse('communities:commitments.new')}?session={subject.pk}"
        return super().context(notice, subject) | {"url": url}


@register
class SessionCancelled(AboutSession):
    """A session was called off."""

    kind = "session.cancelled"
    title = _("A session is called off")
    template = "communities/emails/session_cancelled"
