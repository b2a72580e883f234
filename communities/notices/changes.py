"""What members are told when one session moves, or takes place after all."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.notices.sessions import SessionCancelled, WhileItStands
from portal.notices.kinds import register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.session import Session


@register
class SessionMoved(WhileItStands):
    """A session takes place at another time."""

    kind = "session.moved"
    title = _("A session has moved")
    template = "communities/emails/session_moved"


@register
class SessionReinstated(SessionMoved):
    """A session that was called off takes place after all."""

    kind = "session.reinstated"
    title = _("A session takes place after all")
    template = "communities/emails/session_reinstated"

    @classmethod
    def tell_who_heard(cls, session: "Session", *, at: datetime) -> None:
        """Those whom the cancellation has reached; from the others it is just taken back."""
        about = {"kind": SessionCancelled.kind, "subject_id": session.pk}
        told = Notice.objects.standing().filter(**about, subject_type=session._meta.label_lower)
        unaware = list(told.unsent().values_list("recipient", flat=True))
        told.filter(read_at=None).take_back(at)
        members = session.community.members(at).exclude(pk__in=unaware)
        cls.tell(members, about=session, due_at=at, expires_at=session.ends_at)
