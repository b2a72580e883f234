"""What the schema cannot say of a document: that what it names is there, and once. The builder
keeps a draft within the same rules, step by step."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from fidelity.building.schema import Fault, schema
from fidelity.models.measure import Measure
from fidelity.scoring import FORMULAS
from fidelity.scoring.formula import FUNCTIONS

KEY = schema()["$defs"]["key"]["pattern"]
MOST_ITEMS = schema()["properties"]["items"]["maxItems"]
MOST_MEASURES = schema()["properties"]["measures"]["maxItems"]
MOST_LEVELS = schema()["$defs"]["scale"]["properties"]["levels"]["maxItems"]
MOST_OTHERS = schema()["properties"]["scales"]["maxItems"]  # scales, or sections
MOST_BENCHMARKS = schema()["$defs"]["measure"]["properties"]["benchmarks"]["maxItems"]
WORDS_IN_A_KEY = 4


def broken_by(document: dict[str, Any]) -> list[Fault]:
    """Of a document that follows the schema."""
    scales, sections = document.get("scales", []), document.get("sections", [])
    items, measures = document["items"], document.get("measures", [])
    return [
        *_twice([scale["name"] for scale in scales], "scales[%s].name"),
        *_twice(sections, "sections[%s]"),
        *_twice([item["key"] for item in items], "items[%s].key"),
        *_twice([measure["key"] for measure in measures], "measures[%s].key"),
        *_in_scales(scales),
        *_in_items(items, {scale["name"] for scale in scales}, set(sections)),
        *_in_measures(measures, {item["key"]: item["kind"] for item in items}),
    ]


def measure_of(told: dict[str, Any]) -> Measure:
    """The unsaved measure that a document tells of."""
    wanted = FORMULAS[told["computed"]].parameters
    return Measure(
        key=told["key"],
        name=told["name"],
        about=told.get("about", ""),
        formula=told["computed"],
        parameters={part: told[part] for part in wanted if part in told},
        unit=told["unit"],
        **told["without_a_value"],
    )


def short_name(words: str, taken: set[str], otherwise: str) -> str:
    """A key for what is worded so: its first words, a letter first, and none that is taken."""
    said = [each for each in slugify(words).replace("_", "-").split("-") if each]
    stem = "-".join(said[:WORDS_IN_A_KEY])[:40].strip("-")
    if not stem[:1].isalpha():
        stem = f"{otherwise}-{stem}".strip("-")
    found, number = stem, 2
    while found in taken or found in FUNCTIONS:
        found, number = f"{stem}-{number}", number + 1
    return found


def _twice(values: Sequence[str], path: str) -> Iterator[Fault]:
    for place, value in enumerate(values):
        if value in values[:place]:
            yield Fault(path % place, _("“%(value)s” is there already.") % {"value": value})


def _in_scales(scales: Sequence[dict[str, Any]]) -> Iterator[Fault]:
    for place, scale in enumerate(scales):
        values = [str(int(level["value"])) for level in scale["levels"]]
        yield from _twice(values, f"scales[{place}].levels[%s].value")


def _in_items(
    items: Sequence[dict[str, Any]], scales: set[str], sections: set[str]
) -> Iterator[Fault]:
    for place, item in enumerate(items):
        if item["key"] in FUNCTIONS:
            words = _("choose another short name: a formula has a function of this name.")
            yield Fault(f"items[{place}].key", words)
        if "scale" in item and item["kind"] != "scale":
            words = _("take this out, or make the item one on a scale.")
            yield Fault(f"items[{place}].scale", words)
        for part, known in (("scale", scales), ("section", sections)):
            if part in item and item[part] not in known:
                words = _("“%(value)s” is not there: add it, or choose another.")
                yield Fault(f"items[{place}].{part}", words % {"value": item[part]})


def _in_measures(measures: Sequence[dict[str, Any]], kinds: dict[str, str]) -> Iterator[Fault]:
    for place, told in enumerate(measures):
        path = f"measures[{place}]"
        wanted = FORMULAS[told["computed"]].parameters
        for part in ("items", "over", "formula"):
            if part in told and part not in wanted:
                words = _("take this out: it is not computed with.")
                yield Fault(f"{path}.{part}", words)
        yield from _naming(told, kinds, path)
        benchmarks = told.get("benchmarks", [])
        known = [f"{each['label']}, {each['dated']}" for each in benchmarks]
        yield from _twice(known, f"{path}.benchmarks[%s]")
        for number, each in enumerate(benchmarks):
            try:
                date.fromisoformat(each["dated"])
            except ValueError:
                words = _("there is no such day.")
                yield Fault(f"{path}.benchmarks[{number}].dated", words)


def _naming(told: dict[str, Any], kinds: dict[str, str], path: str) -> Iterator[Fault]:
    """What a measure is computed from."""
    lists = [part for part in FORMULAS[told["computed"]].parameters if part != "formula"]
    strange = [
        (f"{path}.{part}[{place}]", key)
        for part in lists
        for place, key in enumerate(told[part])
        if key not in kinds
    ]
    for where, key in strange:
        words = _("no item has the short name “%(key)s”.")
        yield Fault(where, words % {"key": key})
    if not strange and (words := measure_of(told).problem_with(kinds)):
        yield Fault(path if lists else f"{path}.formula", words)
