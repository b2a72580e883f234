"""Whether a draft can be published: what is still to be mended in it, and where."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from fidelity.models.instrument import Version
    from fidelity.models.item import Item
    from fidelity.models.measure import Measure


@dataclass(frozen=True)
class Problem:
    """What to do about it, and the part of the version where that is done (None: the whole)."""

    words: str
    kind: str = ""  # "item" or "measure"
    pk: int | None = None


def problems_of(version: "Version") -> list[Problem]:
    """In the order of the instrument. Six queries, whatever its size."""
    items = version.items.select_related("scale").prefetch_related("scale__levels")
    return problems_in(version, list(items), list(version.measures.all()))


def problems_in(
    version: "Version", items: list["Item"], measures: list["Measure"]
) -> list[Problem]:
    """The same of items and measures that were read already, with their levels. Three queries."""
    if not items:
        return [Problem(_("Add at least one item before you publish."))]
    kinds = {item.key: item.kind for item in items}
    found = [
        Problem(words, "measure", measure.pk)
        for measure in measures
        if (words := measure.problem_with(kinds))
    ]
    return [*_other_answers(version, items), *found, *_other_units(version, measures)]


def _other_answers(version: "Version", items: list["Item"]) -> list[Problem]:
    """An item keeps its short name while only its words change: what is answered otherwise does
    not continue a trend."""
    before: dict[str, Item] = {
        item.key: item
        for item in _earlier(version, version.items.model)
        .filter(key__in=[item.key for item in items])
        .select_related("scale")
        .prefetch_related("scale__levels")
    }
    return [
        Problem(
            _(
                "“%(item)s” is answered in another way than in the version before: give it another "
                "short name, so that its trend begins anew, or bring back how it was answered."
            )
            % {"item": item},
            "item",
            item.pk,
        )
        for item in items
        if item.key in before and _answered(item) != _answered(before[item.key])
    ]


def _other_units(version: "Version", measures: list["Measure"]) -> list[Problem]:
    units = dict(_earlier(version, version.measures.model).values_list("key", "unit"))
    return [
        Problem(
            _(
                "“%(measure)s” has another unit than in the version before: give it another short "
                "name, so that its trend begins anew, or bring the unit back."
            )
            % {"measure": measure},
            "measure",
            measure.pk,
        )
        for measure in measures
        if units.get(measure.key, measure.unit) != measure.unit
    ]


def _earlier(version: "Version", model: Any) -> Any:
    """Rows of the versions published before, the latest last."""
    return model.objects.filter(
        version__instrument=version.instrument_id, version__published_at__isnull=False
    ).order_by("version__number", "place")


def _answered(item: "Item") -> tuple[Any, ...]:
    levels = [level.value for level in item.scale.levels.all()] if item.scale else []
    return (item.kind, *sorted(levels))
