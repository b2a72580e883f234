"""What members are told of their agreement."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.notices.belonging import ForMembers
from portal.notices.kinds import register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.agreement import Agreement


@register
class AgreementAsked(ForMembers):
    """Members are asked to accept a version of the agreement."""

    kind = "agreement.asked"
    title = _("A community's agreement waits for your yes")
    template = "communities/emails/agreement_asked"
    related = ("community",)

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Agreement | None") -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and subject.is_in_force
            and not subject.acceptances.filter(person=notice.recipient).exists()
        )

    @classmethod
    def context(cls, notice: Notice, subject: "Agreement") -> dict[str, Any]:
        return super().context(notice, subject) | {
            "agreement": subject,
            "community": subject.community,
            "url": reverse("communities:agreements.index", args=[subject.community_id]),
        }
