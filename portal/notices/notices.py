"""What people are told about being told."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice, PausedAddress


@register
class AddressPaused(NoticeKind):
    """Told in the portal alone: their mail is what does not arrive."""

    kind = "address.paused"
    title = _("Your email does not arrive")
    category = Category.AGENCY
    template = "notices/emails/address_paused"
    channels = ()
    essential = True

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return super().still_holds(notice, subject) and PausedAddress.of(subject) is not None

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        url = settings.PUBLIC_URL + reverse("notices:paused_addresses.remove")
        return super().context(notice, subject) | {"url": url, "address": subject.email}

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> str | Promise:
        return _("You get this because a mail to you came back.")
