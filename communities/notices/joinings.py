"""What is told of ways into a community."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.joining import Joining


class AboutJoining(NoticeKind):
    category = Category.SESSIONS
    related = ("community__agency", "person", "by")

    @classmethod
    def context(cls, notice: Notice, subject: "Joining") -> dict[str, Any]:
        return super().context(notice, subject) | {
            "joining": subject,
            "community": subject.community,
        }


class Waiting(AboutJoining):
    """Of use while an answer can be given."""

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Joining | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and type(subject).objects.waiting_for(notice.recipient).filter(pk=subject.pk).exists()
        )


@register
class JoiningInvited(Waiting):
    """Told to who is invited."""

    kind = "joining.invited"
    title = _("You are invited to a community")
    template = "communities/emails/joining_invited"

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> Any:
        return _("You get this because someone who runs the community invited you.")


@register
class JoiningAsked(Waiting):
    """Told to the hosts, or to the admins where there is none."""

    kind = "joining.asked"
    title = _("Someone asks to join a community")
    template = "communities/emails/joining_asked"

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> Any:
        return _("You get this because you run the community.")


class Answered(AboutJoining):
    @classmethod
    def still_holds(cls, notice: Notice, subject: "Joining | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and type(subject).objects.visible_to(notice.recipient).filter(pk=subject.pk).exists()
        )

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> Any:
        return _("You get this because you asked.")


@register
class JoiningAccepted(Answered):
    """Told to who invited."""

    kind = "joining.accepted"
    title = _("Someone you invited joined a community")
    template = "communities/emails/joining_accepted"


@register
class JoiningDeclined(Answered):
    """Told to who asked, or who invited."""

    kind = "joining.declined"
    title = _("An answer about joining a community")
    template = "communities/emails/joining_declined"
