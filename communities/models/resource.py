"""Something useful that a member leaves for a community: a file, or a link."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.files.storage import default_storage
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import GeneratedField, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.removal import (
    REMOVABLE,
    REMOVAL,
    Removable,
    RemovableQuerySet,
    Removal,
    refuse_outsiders,
)
from communities.models.said import ABOUT, About, Said, has_words
from communities.notices.exchange import ResourceTakenDown
from portal.audit.events import record
from portal.people.models import User
from portal.search import vector
from portal.web.privacy import FREE, NONE, WORK


class ResourceQuerySet(RemovableQuerySet):
    def files_for(self, person: User) -> "ResourceQuerySet":
        """What has a file, and the person may see."""
        return self.visible_to(person).exclude(file="")


class ResourceManager(models.Manager["Resource"].from_queryset(ResourceQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        """Without the search vector, which no page reads."""
        return super().get_queryset().defer("search")


class Resource(Removable, About):
    """The type and the size are what the content says, not what the browser said."""

    privacy = {
        **REMOVABLE,
        **ABOUT,
        "community": WORK,
        "title": FREE,
        "description": FREE,
        "link": FREE,
        "file": NONE,
        "file_name": FREE,
        "content_type": NONE,
        "size": NONE,
        "search": FREE,
    }
    noun = "resource"

    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what it is good for"), max_length=1000, blank=True)
    link = models.URLField(
        _("link"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    file = models.FileField(_("file"), max_length=100, blank=True, upload_to="resources/%Y/%m")
    file_name = models.CharField(max_length=150, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    search = GeneratedField(
        expression=vector(title="A", description="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ResourceManager()

    class Meta(Removable.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["community", "-id"], name="communities_resource_newest"),
            GinIndex(fields=["search"], name="communities_resource_search"),
        ]
        constraints = [
            *Said.Meta.constraints,
            has_words("title", "resource", _("Give it a title.")),
            models.CheckConstraint(
                condition=(Q(link="") & ~Q(file="") & ~Q(content_type="") & ~Q(file_name=""))
                | (~Q(link="") & Q(file="")),
                name="communities_resource_file_or_link",
                violation_error_message=_("Choose a file or give a link: one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return f"resource {self.pk}"

    def get_absolute_url(self) -> str:
        path = reverse("communities:resources.index", args=[self.community_id])
        return f"{path}#resource-{self.pk}"

    @classmethod
    def told(cls) -> type[ResourceTakenDown]:
        return ResourceTakenDown

    @classmethod
    @transaction.atomic
    def share(
        cls,
        *,
        community: Community,
        by: User,
        key: UUID | None = None,
        at: datetime | None = None,
        **about: Any,
    ) -> "Resource":
        """Leave it for the community. The same key again changes nothing, and keeps no second file.

        Raises ValidationError when the person does not belong there, or it is closed.
        """
        at = at or timezone.now()
        refuse_outsiders(community, by)
        if upload := about.get("file"):
            upload.name = uuid4().hex  # where it lies says nothing, and nobody guesses it
        resource, fresh = cls.say(by=by, key=key, community=community, at=at, **about)
        if fresh:
            record("resource.shared", on=resource, by=by, agency=community.agency, at=at)
        return resource

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """The row, and once that is certain its bytes."""
        name = self.file.name
        done = super().delete(*args, **kwargs)
        if name:
            transaction.on_commit(lambda: default_storage.delete(name), robust=True)
        return done


class ResourceRemoval(Removal):
    """A resource was removed."""

    privacy = REMOVAL
    of = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="removal")

    class Meta:
        verbose_name = _("removal of a resource")
        verbose_name_plural = _("removals of resources")
