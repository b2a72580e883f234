"""An instrument, and its versions: a draft is changed, a published one is frozen."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.source import Source
from portal.agencies.models import Agency
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from fidelity.models.item import Item, Scale, Section
    from fidelity.models.measure import Measure


class CannotPublish(Exception):
    """The version lacks something; the message says what to do."""


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, person: User) -> Self:
        """What Trellis ships, and what the person's agencies made. Only people with a position
        see any."""
        if not (agencies := agencies_of(person)):
            return self.none()
        return self.filter(Q(agency__in=agencies) | Q(agency=None))


class Instrument(models.Model):
    """A fidelity measure as a whole, whose versions follow each other."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "slug": NONE,
        "name": NONE,
        "about": NONE,
        "sources": NONE,
    }
    versions: "VersionQuerySet"

    # Without an agency, Trellis ships it. PROTECT: reviews hang on published versions.
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("what it is for"), blank=True)
    sources = ArrayField(models.CharField(max_length=14, choices=Source), verbose_name=_("sources"))

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "slug"],
                nulls_distinct=False,
                name="fidelity_instrument_slug",
                violation_error_message=_("Choose another short name: this one is taken."),
            ),
            models.CheckConstraint(
                condition=Q(sources__len__gt=0),
                name="fidelity_instrument_has_a_source",
                violation_error_message=_("Choose at least one source."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("fidelity:instruments.show", args=[self.pk])


class VersionQuerySet(models.QuerySet["Version"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def in_use(self) -> Self:
        """Published and not retired: new reviews may use it."""
        return self.published().filter(retired_at=None)

    def usable_by(self, person: User) -> Self:
        """What the person may start a review with."""
        return self.in_use().filter(instrument__in=Instrument.objects.visible_to(person))


class Version(models.Model):
    """One state of an instrument. Published, it is frozen: the database refuses changes to its
    items, scales and measures (migration 0002), so that old reviews stay what they were."""

    privacy = {
        "id": NONE,
        "instrument": NONE,
        "number": NONE,
        "created_at": NONE,
        "published_at": NONE,
        "retired_at": NONE,
    }
    sections: "RelatedManager[Section]"
    scales: "RelatedManager[Scale]"
    items: "RelatedManager[Item]"
    measures: "RelatedManager[Measure]"

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"],
                name="fidelity_version_number",
                violation_error_message=_("This instrument has a version with this number."),
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(published_at=None),
                name="fidelity_version_one_draft",
                violation_error_message=_("This instrument has a draft: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None)
                | Q(published_at__isnull=False, retired_at__gte=F("published_at")),
                name="fidelity_version_retired_after_published",
                violation_error_message=_("Publish the version before you retire it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"

    @property
    def state(self) -> str:
        if self.retired_at:
            return "retired"
        return "published" if self.published_at else "draft"

    def with_items(self) -> Self:
        """The same version with items, levels and measures at hand, in three queries."""
        items = self.items.model.objects.select_related("section", "scale")
        models.prefetch_related_objects(
            [self], models.Prefetch("items", items), "items__scale__levels", "measures"
        )
        return self

    @property
    def sheet(self) -> "Version":
        """What the version asks and computes: read its items and measures, and nothing else.

        A published version is frozen, so what one request has read serves the next.
        """
        return _frozen(self.pk) if self.published_at else self.with_items()

    @transaction.atomic
    def publish(self, *, by: User, at: datetime | None = None) -> None:
        """Freeze the version and open it to reviews. Publishing it twice changes nothing.

        Raises CannotPublish when it has no items, or a measure that cannot be computed from them.
        """
        locked = Version.objects.select_for_update().get(pk=self.pk)
        if locked.published_at:
            self.published_at = locked.published_at
            return
        keys = set(self.items.values_list("key", flat=True))
        if not keys:
            raise CannotPublish(_("Add at least one item before you publish."))
        for measure in self.measures.all():
            if problem := measure.problem_with(keys):
                raise CannotPublish(problem)
        self.published_at = at or timezone.now()
        self.save(update_fields=["published_at"])
        record("instrument.published", on=self, by=by, agency=self.instrument.agency)

    @transaction.atomic
    def retire(self, *, by: User, at: datetime | None = None) -> None:
        """Close the version to new reviews. Retiring it twice changes nothing."""
        retired = Version.objects.filter(pk=self.pk, retired_at=None).update(
            retired_at=at or timezone.now()
        )
        self.refresh_from_db(fields=["retired_at"])
        if retired:
            record("instrument.retired", on=self, by=by, agency=self.instrument.agency)


@lru_cache(maxsize=64)
def _frozen(pk: int) -> Version:
    return Version.objects.get(pk=pk).with_items()
