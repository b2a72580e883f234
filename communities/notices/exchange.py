"""What people are told of the practice exchange. Never a word of a post, an answer or a title."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.notices.belonging import ForMembers
from portal.notices.kinds import register
from portal.notices.models import Notice

if TYPE_CHECKING:
    from communities.models.community import Community


@register
class ReplyPosted(ForMembers):
    """A comment on your post, or somebody tried it too."""

    kind = "reply.posted"
    title = _("Someone answers your post")
    template = "communities/emails/reply_posted"
    related = ("by", "post__by", "post__community__agency", "post__removal", "removal")

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and not subject.is_removed
            and not subject.post.is_removed
        )

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        about = {"writer": subject.by, "tried": subject.is_trial, "community": subject.community}
        return super().context(notice, subject) | about


class TakenDown(ForMembers):
    """A host took down something you wrote. Its page says why. The subject is the removal."""

    template = "communities/emails/taken_down"
    what: ClassVar[Any]

    @classmethod
    def community_of(cls, subject: Any) -> "Community":
        return cast("Community", subject.of.community)

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        noun, thing = type(subject.of).noun, subject.of
        noun = {"reply": "replies"}.get(noun, f"{noun}s")
        about = {
            "what": cls.what,
            "community": thing.community,
            "url": reverse(f"communities:{noun}.remove", args=[thing.pk]),
        }
        return super().context(notice, subject) | about


@register
class PostTakenDown(TakenDown):
    kind = "post.taken_down"
    title = _("A host took down your post")
    what = _("your post")
    related = ("of__community__agency",)


@register
class ReplyTakenDown(TakenDown):
    kind = "reply.taken_down"
    title = _("A host took down your answer")
    what = _("your answer to a post")
    related = ("of__post__community__agency",)


@register
class ResourceTakenDown(TakenDown):
    kind = "resource.taken_down"
    title = _("A host took down your resource")
    what = _("a resource that you shared")
    related = ("of__community__agency",)
