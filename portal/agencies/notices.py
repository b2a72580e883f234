"""What people are told about their agency. A roster tells nobody: it brings invitations."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice


class _AboutMyWork(NoticeKind):
    """Leads to the page on which everyone sees their own positions."""

    category = Category.AGENCY

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        url = f"{settings.PUBLIC_URL}{reverse('agencies:positions.index')}"
        return super().context(notice, subject) | {"url": url}


@register
class PositionBegun(_AboutMyWork):
    kind = "position.begun"
    title = _("You have a new role")
    template = "agencies/emails/position_begun"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        ended = subject.until is not None and not subject.holds()
        return super().still_holds(notice, subject) and not ended


@register
class SupervisionBegun(_AboutMyWork):
    """Told to both of the two."""

    kind = "supervision.begun"
    title = _("Someone supervises or coaches you, or you them")
    template = "agencies/emails/supervision_begun"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return super().still_holds(notice, subject) and subject.holds()


@register
class InvitationAccepted(_AboutMyWork):
    """Told to who invited."""

    kind = "invitation.accepted"
    title = _("Someone accepted your invitation")
    template = "agencies/emails/invitation_accepted"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        path = reverse("agencies:people.index", args=[subject.agency_id])
        return super().context(notice, subject) | {"url": f"{settings.PUBLIC_URL}{path}"}


@register
class HandedOver(_AboutMyWork):
    """Told to who takes over from someone who left."""

    kind = "departure.handed_over"
    title = _("Someone left, and their work is yours now")
    template = "agencies/emails/handed_over"
