"""What people are told about being told."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Channel, Notice, PausedAddress
from portal.notices.models.notice import DIGEST

MOST = 50  # lines of a digest: the rest stands in the portal


@register
class AddressPaused(NoticeKind):
    """Told in the portal alone: their mail is what does not arrive."""

    kind = "address.paused"
    title = _("Your email is not arriving")
    category = Category.AGENCY
    template = "notices/emails/address_paused"
    channels = ()
    essential = True
    why_essential = _("Nobody else would tell you that your email does not arrive.")

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return super().still_holds(notice, subject) and PausedAddress.of(subject) is not None

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        url = settings.PUBLIC_URL + reverse("notices:paused_addresses.remove")
        paused = PausedAddress.of(subject)
        about = {"url": url, "address": subject.email, "is_soft": bool(paused and paused.is_soft)}
        return super().context(notice, subject) | about

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> str | Promise:
        return _("You get this because a mail to you came back.")


@register
class DigestMail(NoticeKind):
    """About an issue: the titles of what waited for it. It goes by mail alone: in the portal each
    of them is listed by itself."""

    kind = DIGEST
    title = _("What is new, in one mail")
    category = Category.DIGEST
    template = "notices/emails/digest"
    channels = (Channel.MAIL,)
    in_digests = False

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return super().still_holds(notice, subject) and subject.notices().exists()

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        from portal.notices.reading import lines  # reads kinds

        waiting = list(subject.notices()[:MOST])
        url = settings.PUBLIC_URL + reverse("notices:notices.index")
        said = lines(notice.recipient, waiting)
        return super().context(notice, subject) | {"url": url, "lines": said, "count": len(said)}
