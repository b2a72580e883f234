"""An instrument, and its versions: a draft is changed, a published one is frozen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from fidelity.models.readiness import problems_of
from fidelity.models.recording import READERS
from fidelity.models.source import Source
from fidelity.shipped import spoken
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


class Frozen(Exception):
    """The version was published, or thrown away: it is not changed any more."""


class HasDraft(Exception):
    """The instrument has a draft already; it is `draft`."""

    def __init__(self, draft: "Version") -> None:
        super().__init__(draft)
        self.draft = draft


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, person: User) -> Self:
        """What Trellis ships, and what the person's agencies made. Only people with a position
        see any."""
        if not (agencies := agencies_of(person)):
            return self.none()
        return self.filter(Q(agency__in=agencies) | Q(agency=None))

    def built_by(self, person: User) -> Self:
        """What the person may change: their agency's own, as its supervisor, coach or admin."""
        return self.filter(agency__in=agencies_of(person, *READERS))

    def copied_by(self, person: User) -> Self:
        """What the person may make an own copy of: all that they see, where they build."""
        seen = self.visible_to(person)
        return seen if agencies_of(person, *READERS) else seen.none()

    @transaction.atomic
    def begin(
        self,
        *,
        by: User,
        agency: Agency,
        name: str,
        sources: Sequence[str],
        about: str = "",
    ) -> "Version":
        """A new instrument of the agency: its first version, an empty draft."""
        Agency.objects.select_for_update().get(pk=agency.pk)  # two of one name take turns
        taken = set(self.filter(agency=agency).values_list("slug", flat=True))
        instrument = self.create(
            agency=agency,
            slug=_free(slugify(name)[:50] or "instrument", taken),
            name=name,
            about=about,
            sources=list(sources),
        )
        version: Version = instrument.versions.create(number=1)
        record("instrument.begun", on=version, by=by, agency=agency)
        return version


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
        """Its name in the reader's language; `name` is as it is stored."""
        return spoken(self.name)

    @property
    def spoken_about(self) -> str:
        return spoken(self.about)

    def get_absolute_url(self) -> str:
        return reverse("fidelity:instruments.show", args=[self.pk])

    @transaction.atomic
    def revise(self, *, by: User) -> "Version":
        """A draft of the next version, empty yet. Raises HasDraft where there is one."""
        Instrument.objects.select_for_update().get(pk=self.pk)
        last: Version | None = self.versions.order_by("number").last()
        if last and last.published_at is None:
            raise HasDraft(last)
        version: Version = self.versions.create(number=last.number + 1 if last else 1)
        record("instrument.revised", on=version, by=by, agency=self.agency)
        return version

    @transaction.atomic
    def discard(self, *, by: User) -> None:
        """Remove an instrument that was never published. Raises Frozen for another."""
        Instrument.objects.select_for_update().get(pk=self.pk)
        if self.versions.published().exists():
            raise Frozen
        record("instrument.discarded", on=self, by=by, agency=self.agency)
        self.delete()


def _free(slug: str, taken: set[str]) -> str:
    """`slug`, or with the first number that is not taken."""
    number = 2
    found = slug
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found


class VersionQuerySet(models.QuerySet["Version"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def in_use(self) -> Self:
        """Published and not retired: new reviews may use it."""
        return self.published().filter(retired_at=None)

    def usable_by(self, person: User) -> Self:
        """What the person may start a review with."""
        return self.in_use().filter(instrument__in=Instrument.objects.visible_to(person))

    def built_by(self, person: User) -> Self:
        return self.filter(instrument__in=Instrument.objects.built_by(person))

    def visible_to(self, person: User) -> Self:
        """Published ones of what the person sees; drafts for those who build them."""
        seen = Q(instrument__in=Instrument.objects.visible_to(person), published_at__isnull=False)
        return self.filter(seen | Q(instrument__in=Instrument.objects.built_by(person)))


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

    def get_absolute_url(self) -> str:
        return reverse("fidelity:versions.show", args=[self.pk])

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

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the draft while it is changed, so that nobody publishes it meanwhile and two people
        take turns. Raises Frozen where it is no draft."""
        with transaction.atomic():
            drafts = Version.objects.select_for_update().filter(pk=self.pk, published_at=None)
            if not drafts.exists():
                raise Frozen
            yield

    @transaction.atomic
    def publish(self, *, by: User, at: datetime | None = None) -> None:
        """Freeze the version and open it to reviews, in the place of the one before, which takes
        no new ones. Publishing it twice changes nothing.

        Raises CannotPublish with the first of its problems.
        """
        locked = Version.objects.select_for_update().get(pk=self.pk)
        if locked.published_at:
            self.published_at = locked.published_at
            return
        for problem in problems_of(self):
            raise CannotPublish(problem.words)
        self.published_at = at or timezone.now()
        self.save(update_fields=["published_at"])
        before = Version.objects.in_use().filter(instrument=self.instrument_id)
        for version in before.exclude(pk=self.pk):
            version.retire(by=by, at=self.published_at)
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

    @transaction.atomic
    def discard(self, *, by: User) -> None:
        """Throw a draft away. Raises Frozen for what is no draft."""
        with self.changing():
            record("instrument.draft_discarded", on=self, by=by, agency=self.instrument.agency)
            self.delete()


@lru_cache(maxsize=64)
def _frozen(pk: int) -> Version:
    return Version.objects.get(pk=pk).with_items()
