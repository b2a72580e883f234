"""What members are told of a series."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from communities.notices.belonging import ForMembers, ToldAnew
from portal.notices.kinds import register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.series import Series


class AboutSeries(ForMembers, ToldAnew):
    """For those who still belong to the series' community."""

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

    @classmethod
    def context(cls, notice: Notice, subject: "Series") -> dict[str, Any]:
        """What somebody typed stays off mail, as the reason of a session does: the page has it."""
        return super().context(notice, subject) | {"says_why": bool(subject.reason)}


@register
class SeriesResumed(AboutSeries):
    """A series of sessions that had ended goes on."""

    kind = "series.resumed"
    title = _("A series of sessions goes on")
    template = "communities/emails/series_resumed"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Series | None") -> bool:
        return subject is not None and not subject.is_ended and super().still_holds(notice, subject)
