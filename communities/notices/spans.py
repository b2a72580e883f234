"""What admins of two agencies are told of a community that would join them."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.proposal import SpanProposal


class AboutProposal(NoticeKind):
    category = Category.AGENCY
    related = ("community__agency", "by")

    @classmethod
    def context(cls, notice: Notice, subject: "SpanProposal") -> dict[str, Any]:
        return super().context(notice, subject) | {
            "proposal": subject,
            "community": subject.community,
            "agency": subject.community.agency,
        }


@register
class SpanProposed(AboutProposal):
    """Told to the admin of the other agency."""

    kind = "span.proposed"
    title = _("Another agency asks yours to join a community")
    template = "communities/emails/span_proposed"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "SpanProposal | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and type(subject).objects.put_to(notice.recipient).filter(pk=subject.pk).exists()
        )


class ProposalAnswered(AboutProposal):
    """Told to who asked, while they run the home agency."""

    @classmethod
    def still_holds(cls, notice: Notice, subject: "SpanProposal | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and subject.community.is_administered_by(notice.recipient)
        )

    @classmethod
    def context(cls, notice: Notice, subject: "SpanProposal") -> dict[str, Any]:
        path = reverse("communities:proposals.new", args=[subject.community_id])
        return super().context(notice, subject) | {"url": path}


@register
class SpanAccepted(ProposalAnswered):
    kind = "span.accepted"
    title = _("Another agency joined your community")
    template = "communities/emails/span_accepted"


@register
class SpanDeclined(ProposalAnswered):
    kind = "span.declined"
    title = _("Another agency does not join your community")
    template = "communities/emails/span_declined"
