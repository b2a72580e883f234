"""A post of the practice exchange: what worked, or what didn't, and what it taught."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import GeneratedField, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.reach import is_joined
from communities.models.removal import (
    REMOVABLE,
    REMOVAL,
    Removable,
    RemovableQuerySet,
    Removal,
    refuse_outsiders,
)
from communities.models.said import ABOUT, About, Said, has_words
from communities.notices.exchange import PostTakenDown, ReplyPosted
from portal.audit.events import record
from portal.people.models import User
from portal.search import vector
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.reply import ReplyQuerySet


class PostQuerySet(RemovableQuerySet):
    def answerable_by(self, person: User) -> Self:
        """What stands in communities that go on and that the person is a member of."""
        return self.standing().filter(is_joined(person, "community"), community__closure=None)

    def in_rows(self) -> Self:
        """With what a line in a list says of each, and no more."""
        return self.select_related("by", "community").only(
            "kind", "title", "happened", "at", "principle", "phase", "skill",
            "by__name", "community__name",
        )  # fmt: skip


class PostManager(models.Manager["Post"].from_queryset(PostQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        """Without the search vector, which is longer than the text it is made from."""
        return super().get_queryset().defer("search")


class Post(Removable, About):
    """No field asks for a family's name, and the form asks not to give one."""

    privacy = {
        **REMOVABLE,
        **ABOUT,
        "community": WORK,
        "kind": NONE,
        "title": FREE,
        "situation": FREE,
        "happened": FREE,
        "learned": FREE,
        "search": FREE,
    }
    noun = "post"
    replies: "ReplyQuerySet"

    class Kind(models.TextChoices):
        WORKED = "worked", _("What worked")
        DID_NOT = "did_not", _("What didn’t")

    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(_("what it tells"), max_length=8, choices=Kind)
    title = models.CharField(_("in a few words"), max_length=120)
    situation = models.TextField(_("the situation"), max_length=4000, blank=True)
    happened = models.TextField(_("what you did, and what happened"), max_length=4000)
    learned = models.TextField(_("what you learned"), max_length=4000, blank=True)
    search = GeneratedField(
        expression=vector(title="A", learned="B", happened="C", situation="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PostManager()

    class Meta(Removable.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-pk"]
        indexes = [
            # A page of a community is a walk back along this from where the last page ended.
            models.Index(fields=["community", "-id"], name="communities_post_newest"),
            models.Index(fields=["by", "-id"], name="communities_post_by_newest"),
            GinIndex(fields=["search"], name="communities_post_search"),
        ]
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["worked", "did_not"]),
                name="communities_post_kind",
                violation_error_message=_("Say whether it worked."),
            ),
            has_words("title", "post", _("Give it a few words that others find it by.")),
            has_words("happened", "post", _("Write what happened.")),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("communities:posts.show", args=[self.pk])

    def open_by(self, person: User, *, at: datetime | None = None) -> None:
        """That its author was told of answers to it counts as read."""
        if person.pk == self.by_id:
            ReplyPosted.seen(self.replies.all(), by=person, at=at)

    @classmethod
    def told(cls) -> type[PostTakenDown]:
        return PostTakenDown

    @classmethod
    @transaction.atomic
    def publish(
        cls,
        *,
        community: Community,
        by: User,
        key: UUID | None = None,
        at: datetime | None = None,
        **words: Any,
    ) -> "Post":
        """Share it with the community. The same key again changes nothing.

        Raises ValidationError when the person does not belong there, or it is closed.
        """
        at = at or timezone.now()
        refuse_outsiders(community, by)
        post, fresh = cls.say(by=by, key=key, community=community, at=at, **words)
        if fresh:
            record("post.published", on=post, by=by, agency=community.agency, at=at)
        return post


class PostRemoval(Removal):
    """A post was removed."""

    privacy = REMOVAL
    of = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="removal")

    class Meta:
        verbose_name = _("removal of a post")
        verbose_name_plural = _("removals of posts")
