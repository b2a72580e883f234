"""What people are told of belonging."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.membership import Membership


@register
class MembershipWelcome(NoticeKind):
    """You belong to a community now."""

    kind = "membership.welcome"
    title = _("You now belong to a community")
    category = Category.SESSIONS
    template = "communities/emails/membership_welcome"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Membership | None") -> bool:
        return super().still_holds(notice, subject) and subject is not None and subject.holds()

    @classmethod
    def context(cls, notice: Notice, subject: "Membership") -> dict[str, Any]:
        return super().context(notice, subject) | {"community": subject.community}
