"""An answer to a post: a comment, or "I tried this too" and how it went."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.post import Post
from communities.models.removal import REMOVABLE, REMOVAL, Removable, RemovableQuerySet, Removal
from communities.models.said import Said, has_words
from communities.notices.exchange import ReplyPosted, ReplyTakenDown
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, WORK


class ReplyQuerySet(RemovableQuerySet):
    path = "post__community"

    def visible_to(self, person: User) -> Self:
        """What stands below posts that the person sees."""
        return super().visible_to(person).filter(Q(post__removal=None) | Q(post__by=person))

    def editable_by(self, person: User) -> Self:
        return super().editable_by(person).filter(post__removal=None)


class Reply(Removable):
    """A comment has no `went`; a trial says how it went."""

    privacy = {**REMOVABLE, "post": WORK, "went": WORK, "text": FREE}
    noun = "reply"

    class Went(models.TextChoices):
        WORKED = "worked", _("Tried this too: it worked")
        PARTLY = "partly", _("Tried this too: part of it worked")
        DID_NOT = "did_not", _("Tried this too: it did not work here")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="replies")
    went = models.CharField(max_length=8, choices=Went, blank=True)
    text = models.TextField(_("your words"), max_length=4000)

    objects = ReplyQuerySet.as_manager()

    class Meta(Removable.Meta):
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                condition=Q(went__in=["", "worked", "partly", "did_not"]),
                name="communities_reply_went",
                violation_error_message=_("Say how it went."),
            ),
            has_words("text", "reply", _("Write a few words.")),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.post.get_absolute_url()}?after={self.pk - 1}#reply-{self.pk}"

    @property
    def community(self) -> Community:  # type: ignore[override]
        return self.post.community

    @property
    def is_trial(self) -> bool:
        return bool(self.went)

    @classmethod
    def told(cls) -> type[ReplyTakenDown]:
        return ReplyTakenDown

    @classmethod
    @transaction.atomic
    def post_to(
        cls,
        post: Post,
        *,
        by: User,
        text: str,
        went: str = "",
        key: UUID | None = None,
        at: datetime | None = None,
    ) -> "Reply":
        """Answer a post and tell its author. The same key again changes nothing.

        Raises ValidationError when the post is gone, or the person does not belong there.
        """
        at = at or timezone.now()
        if not Post.objects.answerable_by(by).filter(pk=post.pk).exists():
            raise ValidationError(_("This post takes no more answers."))
        reply, fresh = cls.say(by=by, key=key, post=post, text=text, went=went, at=at)
        if fresh:
            kind = "reply.tried" if went else "reply.commented"
            record(kind, on=reply, by=by, agency=post.community.agency, at=at)
            if post.by and post.by_id != by.pk:
                ReplyPosted.tell([post.by], about=reply, due_at=at)
        return reply


class ReplyRemoval(Removal):
    """A reply was removed."""

    privacy = REMOVAL
    of = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="removal")

    class Meta:
        verbose_name = _("removal of a reply")
        verbose_name_plural = _("removals of replies")
