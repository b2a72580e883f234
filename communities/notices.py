"""What members are told."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice
from portal.people.models import User

if TYPE_CHECKING:
    from communities.models.community import Community
    from communities.models.membership import Membership
    from communities.models.series import Series
    from communities.models.session import Session


def belongs(person: User, community: "Community") -> bool:
    """Whether the person is a member now: asked again at the moment of sending."""
    return community.members().filter(pk=person.pk).exists()


@register
class MembershipWelcome(NoticeKind):
    """You belong to a community now."""

    kind = "membership.welcome"
    title = _("You are welcomed to a community")
    category = Category.SESSIONS
    template = "communities/emails/membership_welcome"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Membership | None") -> bool:
        return super().still_holds(notice, subject) and subject is not None and subject.holds()

    @classmethod
    def context(cls, notice: Notice, subject: "Membership") -> dict[str, Any]:
        return super().context(notice, subject) | {"community": subject.community}


class AboutSession(NoticeKind):
    """Of use to members until the session is over."""

    category = Category.SESSIONS

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Session | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and belongs(notice.recipient, subject.community)
        )

    @classmethod
    def context(cls, notice: Notice, subject: "Session") -> dict[str, Any]:
        return super().context(notice, subject) | {
            "session": subject,
            "series": subject.series,
            "community": subject.community,
        }


@register
class SessionReminder(AboutSession):
    """A session is coming."""

    kind = "session.reminder"
    title = _("A session is coming")
    template = "communities/emails/session_reminder"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Session | None") -> bool:
        return (
            subject is not None
            and not subject.is_cancelled
            and super().still_holds(notice, subject)
        )


@register
class SessionCancelled(AboutSession):
    """A session was called off."""

    kind = "session.cancelled"
    title = _("A session is called off")
    template = "communities/emails/session_cancelled"


class AboutSeries(NoticeKind):
    """For those who still belong to the series' community."""

    category = Category.SESSIONS

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Series | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and belongs(notice.recipient, subject.community)
        )

    @classmethod
    def context(cls, notice: Notice, subject: "Series") -> dict[str, Any]:
        return super().context(notice, subject) | {
            "series": subject,
            "community": subject.community,
            "next_session": subject.sessions.standing().upcoming().first(),
        }


@register
class SeriesChanged(AboutSeries):
    """A community meets at another time from now on."""

    kind = "series.changed"
    title = _("A community meets at another time")
    template = "communities/emails/series_changed"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Series | None") -> bool:
        return subject is not None and not subject.is_ended and super().still_holds(notice, subject)


@register
class SeriesEnded(AboutSeries):
    """A series of sessions has ended."""

    kind = "series.ended"
    title = _("A series of sessions has ended")
    template = "communities/emails/series_ended"
