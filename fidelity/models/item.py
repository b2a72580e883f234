"""What an instrument asks: items in sections, and the labelled scales they are answered on.

As text each says itself in the reader's language, and its fields are as they are stored."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fidelity.models.instrument import Version
from fidelity.shipped import spoken
from portal.web.privacy import NONE

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Section(models.Model):
    privacy = {"id": NONE, "version": NONE, "place": NONE, "title": NONE}

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        ordering = ["version", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "title"],
                name="fidelity_section_title",
                violation_error_message=_("Choose another title: a section has this one already."),
            ),
            models.UniqueConstraint(
                fields=["version", "place"],
                name="fidelity_section_place",
                violation_error_message=_("Choose another place: a section stands there."),
            ),
        ]

    def __str__(self) -> str:
        return spoken(self.title)


class Scale(models.Model):
    """A set of labelled levels, used by any number of items of its version."""

    privacy = {"id": NONE, "version": NONE, "name": NONE}
    levels: "RelatedManager[Level]"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="scales")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["version", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="fidelity_scale_name",
                violation_error_message=_("Choose another name: a scale has this one already."),
            )
        ]

    def __str__(self) -> str:
        return spoken(self.name)


class Level(models.Model):
    privacy = {"id": NONE, "scale": NONE, "value": NONE, "label": NONE}

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="levels")
    value = models.SmallIntegerField(_("value"))
    label = models.CharField(_("label"), max_length=120)

    class Meta:
        ordering = ["scale", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "value"],
                name="fidelity_level_value",
                violation_error_message=_("Choose another value: this scale has it already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.spoken_label}"

    @property
    def spoken_label(self) -> str:
        return spoken(self.label)


class Item(models.Model):
    """One question. `key` is its identity across versions: wording may change, its trend joins."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("labelled scale")
        YES_NO = "yes_no_na", _("yes, no or not applicable")
        COUNT = "count", _("count")
        PERCENT = "percent", _("percent")
        TEXT = "text", _("text")

    privacy = {
        "id": NONE,
        "version": NONE,
        "section": NONE,
        "key": NONE,
        "place": NONE,
        "kind": NONE,
        "scale": NONE,
        "wording": NONE,
        "help": NONE,
    }

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )
    key = models.SlugField(max_length=60)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    scale = models.ForeignKey(
        Scale, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )
    wording = models.CharField(_("wording"), max_length=300)
    help = models.CharField(_("what to look for"), max_length=400, blank=True)

    class Meta:
        ordering = ["version", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="fidelity_item_key",
                violation_error_message=_("Choose another key: this version has it already."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="scale") & ~Q(scale=None))
                | (Q(kind__in=["yes_no_na", "count", "percent", "text"]) & Q(scale=None)),
                name="fidelity_item_scale_with_kind",
                violation_error_message=_("Choose a scale for a scale item, and only for one."),
            ),
        ]

    def __str__(self) -> str:
        return spoken(self.wording)

    @property
    def spoken_help(self) -> str:
        return spoken(self.help)

    @property
    def maximum(self) -> float | None:
        """The highest possible value, None where there is none; levels come prefetched."""
        if self.kind == self.Kind.SCALE and self.scale:
            return max((float(level.value) for level in self.scale.levels.all()), default=None)
        return {self.Kind.YES_NO: 1.0, self.Kind.PERCENT: 100.0}.get(self.Kind(self.kind))

    def allows(self, value: float) -> bool:
        """Whether `value` is an answer to this item; levels come prefetched."""
        match self.kind:
            case self.Kind.SCALE if self.scale:
                return value in {level.value for level in self.scale.levels.all()}
            case self.Kind.YES_NO:
                return value in (0, 1)
            case self.Kind.COUNT:
                return 0 <= value <= 9999 and value == int(value)
            case self.Kind.PERCENT:
                return 0 <= value <= 100
        return False
