"""What those who run a community are told when a host is gone."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.membership import Membership


@register
class HostLeft(NoticeKind):
    """Told to co-hosts and admins, about the membership of who hosted; of use until somebody has
    taken over."""

    kind = "community.host_left"
    title = _("A community needs a host")
    category = Category.SESSIONS
    template = "communities/emails/host_left"
    related = ("community__agency", "person")

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Membership | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and not subject.community.is_closed
            and subject.community.is_hosted_by(notice.recipient)
            and subject.community.needs_host()
        )

    @classmethod
    def context(cls, notice: Notice, subject: "Membership") -> dict[str, Any]:
        return super().context(notice, subject) | {
            "community": subject.community,
            "host": subject.person,
        }

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> Any:
        return _("You get this because you run the community.")
