"""Invitations for a person's own calendar (RFC 6047)."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from communities.notices.belonging import belongs
from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Channel, Delivery, Notice, State

if TYPE_CHECKING:
    from communities.models.calendar_invitation import CalendarMail


@register
class CalendarMailed(NoticeKind):
    """A calendar is told of a series, of one session of it, or that it is not so any more."""

    kind = "calendar.mailed"
    title = _("An invitation for your calendar")
    category = Category.SESSIONS
    channels = (Channel.MAIL,)
    in_order = True
    template = "communities/emails/calendar_mailed"
    related = ("invitation__series__community", "invitation__series__ending")

    @classmethod
    def still_holds(cls, notice: Notice, subject: "CalendarMail | None") -> bool:
        """A withdrawal holds for someone who has left: that is what it is for."""
        if subject is None or not super().still_holds(notice, subject):
            return False
        invitation = subject.invitation
        return subject.is_cancel or (
            invitation.withdrawn_at is None
            and belongs(notice.recipient, invitation.series.community)
        )

    @classmethod
    def waits(cls, notice: Notice, subject: "CalendarMail") -> bool:
        """An earlier mail of the invitation has not gone: a CANCEL must not overtake a REQUEST."""
        earlier = apps.get_model("communities", "CalendarMail").objects.filter(
            invitation=subject.invitation_id, number__lt=subject.number
        )
        return Delivery.objects.filter(
            notice__kind=cls.kind,
            notice__subject_type=notice.subject_type,
            notice__subject_id__in=earlier.values("pk"),
            state__in=[State.PLANNED, State.CLAIMED],
        ).exists()

    @classmethod
    def context(cls, notice: Notice, subject: "CalendarMail") -> dict[str, Any]:
        series = subject.invitation.series
        left = not belongs(notice.recipient, series.community)
        return super().context(notice, subject) | {
            "mail": subject,
            "series": series,
            "community": series.community,
            "left": left,
            "url": "/" if left else series.get_absolute_url(),  # no page that they may not open
        }

    @classmethod
    def alternatives(cls, notice: Notice, subject: "CalendarMail") -> list[tuple[str, str]]:
        # Lines end as the mail's own do; the server makes them CRLF again.
        body = subject.body.replace("\r\n", "\n")
        return [(body, f"text/calendar; method={subject.method}")]

    @classmethod
    def attachments(cls, notice: Notice, subject: "CalendarMail") -> list[tuple[str, bytes, str]]:
        name = "cancel.ics" if subject.is_cancel else "invite.ics"
        return [(name, subject.body.encode(), "application/ics")]
