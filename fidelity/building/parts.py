"""Changing the parts of a draft. Each act leaves the draft whole: what names a part follows it.
To be called while the draft is held (`Version.changing`)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Manager, Max

from fidelity.models import Item, Measure, Scale, Section, Version
from fidelity.scoring.formula import FormulaError, renamed


class StillNeeded(Exception):
    """The part cannot go while others need it: `by` these."""

    def __init__(self, by: Iterable[Item | Measure]) -> None:
        self.by = list(by)
        super().__init__(self.by)


def next_place(parts: Manager[Any]) -> int:
    """After all sections, items or measures of a draft."""
    return int(parts.aggregate(last=Max("place"))["last"] or 0) + 1


def rename(item: Item, key: str) -> None:
    """Give an item another short name, in the measures of its version too."""
    for measure in item.version.measures.all():
        before = dict(measure.parameters)
        for part, named in before.items():
            if isinstance(named, list):
                measure.parameters[part] = [key if each == item.key else each for each in named]
                continue
            try:
                measure.parameters[part] = renamed(named, item.key, key)
            except FormulaError:  # kept by hand, and mended where it is edited
                continue
        if measure.parameters != before:
            measure.save(update_fields=["parameters"])
    item.key = key
    item.save(update_fields=["key"])


def needing(item: Item) -> list[Measure]:
    """The measures that could not be computed without the item: those with a formula that names
    it, and those computed from nothing else."""
    found = []
    for measure in item.version.measures.all():
        lists = [part for part in measure.parameters.values() if isinstance(part, list)]
        alone = any(set(part) == {item.key} for part in lists)
        if alone or (not lists and item.key in measure.keys):
            found.append(measure)
    return found


def remove(part: Section | Scale | Item | Measure) -> None:
    """Take a part out of its draft. Raises StillNeeded."""
    if isinstance(part, Scale) and (answered := list(part.items.all())):
        raise StillNeeded(answered)
    if isinstance(part, Section):
        part.items.update(section=None)  # what is asked in it stays
    if isinstance(part, Item):
        if measures := needing(part):
            raise StillNeeded(measures)
        _take_out(part)
    version = part.version
    part.delete()
    settle(version)


def _take_out(item: Item) -> None:
    for measure in item.version.measures.all():
        if item.key in measure.keys:
            measure.parameters = {
                name: [key for key in part if key != item.key]
                for name, part in measure.parameters.items()
            }
            measure.save(update_fields=["parameters"])


def settle(version: Version) -> None:
    """Number the items anew: those without a section first, then section by section."""
    in_order = version.items.order_by(F("section__place").asc(nulls_first=True), "place", "pk")
    items = list(in_order)
    for place, item in enumerate(items, start=1):
        item.place = place
    Item.objects.bulk_update(items, ["place"])


def move(part: Section | Item | Measure, *, up: bool) -> None:
    """Let a part and its neighbour change places; an item at its section's end goes into the next.
    At the end of the list nothing happens."""
    if isinstance(part, Item):
        _move_item(part, up=up)
        return
    model: Any = type(part)
    others = list(model.objects.filter(version=part.version_id).order_by("place", "pk"))
    at = others.index(part)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(others):
        return
    one, other = others[at], others[to]
    if isinstance(part, Section):  # a place is one section's: by way of one that nobody has
        spare = next_place(part.version.sections)
        Section.objects.filter(pk=one.pk).update(place=spare)
    model.objects.filter(pk=other.pk).update(place=one.place)
    model.objects.filter(pk=one.pk).update(place=other.place)
    settle(part.version)


def _move_item(item: Item, *, up: bool) -> None:
    sections = [None, *item.version.sections.order_by("place").values_list("pk", flat=True)]
    beside = list(item.version.items.filter(section=item.section_id).order_by("place", "pk"))
    at = beside.index(item)
    to = at - 1 if up else at + 1
    if 0 <= to < len(beside):
        beside[at], beside[to] = beside[to], beside[at]
        for place, each in enumerate(beside):
            Item.objects.filter(pk=each.pk).update(place=place)
    else:
        step = sections.index(item.section_id) + (-1 if up else 1)
        if not 0 <= step < len(sections):
            return
        # Into the next section: first there, or last there on the way up.
        place = next_place(item.version.items) if up else 0
        Item.objects.filter(pk=item.pk).update(section=sections[step], place=place)
    settle(item.version)
