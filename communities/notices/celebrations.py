"""What people are told of a celebration, both ways. Never a word of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice


@register
class CelebrationOffered(NoticeKind):
    """Somebody celebrates something you learned: it waits for you alone."""

    kind = "celebration.offered"
    title = _("Someone celebrates something you learned")
    category = Category.SESSIONS
    template = "communities/emails/celebration_offered"
    related = ("by", "person", "community")

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and not hasattr(subject, "answer")
        )

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        about = {"writer": subject.by, "community": subject.community}
        return super().context(notice, subject) | about


@register
class CelebrationAnswered(NoticeKind):
    """They read what you said. A no and a yes for the two of you read alike."""

    kind = "celebration.answered"
    title = _("Someone read what you celebrate")
    category = Category.SESSIONS
    template = "communities/emails/celebration_answered"
    related = ("person", "answer__community")

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and hasattr(subject, "answer")
        )

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        about = {"celebrated": subject.person, "shown_in": subject.answer.community}
        return super().context(notice, subject) | about
