"""What follows a session: its summary, and what its host is asked for."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from communities.notices.sessions import AboutSession
from portal.notices.kinds import register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.session import Session


@register
class SessionSummary(AboutSession):
    """What was said and promised is on the session's page; the mail says where, and no more."""

    kind = "session.summary"
    title = _("The summary of a session is ready")
    template = "communities/emails/session_summary"


@register
class RecordMissing(AboutSession):
    """A session was held, and nobody said who came, or what was said."""

    kind = "session.record_missing"
    title = _("A session has no attendance or no notes")
    template = "communities/emails/session_record_missing"

    @classmethod
    def still_holds(cls, notice: Notice, subject: "Session | None") -> bool:
        return (
            subject is not None
            and not subject.is_cancelled
            and subject.is_hosted_by(notice.recipient)
            and not all(cls._kept(subject).values())
            and super().still_holds(notice, subject)
        )

    @classmethod
    def context(cls, notice: Notice, subject: "Session") -> dict[str, Any]:
        return super().context(notice, subject) | cls._kept(subject)

    @staticmethod
    def _kept(session: "Session") -> dict[str, bool]:
        return {
            "has_attendance": session.attendances.exists(),
            "has_notes": session.notes_versions.exists(),
        }
