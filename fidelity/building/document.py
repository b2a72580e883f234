"""A version as a document, and a document as a version: what one writes, the other reads back."""

import json
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fidelity.building.rules import broken_by, measure_of
from fidelity.building.schema import Fault, faults_of
from fidelity.models import Benchmark, Item, Level, Measure, Scale, Section, Version
from fidelity.scoring import FORMULAS

FORMAT = "instrument 1"
LARGEST = 1_000_000  # bytes of a file


class CannotImport(Exception):
    """What is wrong with a document, place by place. Nothing of it was stored."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def document_of(version: Version) -> dict[str, Any]:
    """Everything that makes the version what it is; no ids, dates or people. Eight queries."""
    instrument = version.instrument
    scales = version.scales.prefetch_related("levels").order_by("pk")
    items = version.items.select_related("section", "scale").order_by("place")
    measures = version.measures.prefetch_related("benchmarks").order_by("place")
    return {
        "trellis": FORMAT,
        "name": instrument.name,
        "about": instrument.about,
        "sources": list(instrument.sources),
        "scales": [
            {
                "name": scale.name,
                "levels": [
                    {"value": level.value, "label": level.label} for level in scale.levels.all()
                ],
            }
            for scale in scales
        ],
        "sections": list(version.sections.order_by("place").values_list("title", flat=True)),
        "items": [_item(item) for item in items],
        "measures": [
            {
                "key": measure.key,
                "name": measure.name,
                "about": measure.about,
                "computed": measure.formula,
                **{part: measure.parameters[part] for part in FORMULAS[measure.formula].parameters},
                "unit": measure.unit,
                "without_a_value": {
                    "not_observed": measure.not_observed,
                    "not_applicable": measure.not_applicable,
                    "missing": measure.missing,
                },
                "benchmarks": [
                    {
                        "label": benchmark.label,
                        "value": _number(benchmark.value),
                        "source": benchmark.source,
                        "dated": benchmark.dated.isoformat(),
                    }
                    for benchmark in sorted(measure.benchmarks.all(), key=_in_order)
                ],
            }
            for measure in measures
        ],
    }


def written(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def read(file: bytes) -> dict[str, Any]:
    """The document in a file. Raises CannotImport, with everything that is wrong."""
    if len(file) > LARGEST:
        words = _("choose a smaller file: an instrument has a million characters at most.")
        raise CannotImport([Fault("", words)])
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        words = _("byte %(place)s is not UTF-8. Save the file as UTF-8 and choose it again.")
        raise CannotImport([Fault("", words % {"place": why.start + 1})]) from why
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as why:
        words = _("line %(line)s, character %(column)s: this is not JSON (%(why)s).")
        said = words % {"line": why.lineno, "column": why.colno, "why": why.msg}
        raise CannotImport([Fault("", said)]) from why
    except (ValueError, RecursionError) as why:
        words = _("this is not JSON as it is meant here: %(why)s.")
        raise CannotImport([Fault("", words % {"why": why})]) from why
    if faults := faults_of(document) or broken_by(document):
        raise CannotImport(faults)
    found: dict[str, Any] = document
    return found


def fill(version: Version, document: dict[str, Any]) -> None:
    """Write what the document tells of into an empty draft. It was read by `read`, or is what
    `document_of` wrote of another version. Items of one section come to stand together."""
    scales = {
        told["name"]: Scale(version=version, name=told["name"])
        for told in document.get("scales", [])
    }
    Scale.objects.bulk_create(scales.values())
    Level.objects.bulk_create(
        Level(scale=scales[told["name"]], value=int(level["value"]), label=level["label"])
        for told in document.get("scales", [])
        for level in told["levels"]
    )
    sections = {
        title: Section(version=version, place=place, title=title)
        for place, title in enumerate(document.get("sections", []), start=1)
    }
    Section.objects.bulk_create(sections.values())
    order = {title: section.place for title, section in sections.items()}
    items = sorted(document["items"], key=lambda told: order.get(told.get("section"), 0))
    Item.objects.bulk_create(
        Item(
            version=version,
            section=sections[told["section"]] if "section" in told else None,
            scale=scales[told["scale"]] if "scale" in told else None,
            place=place,
            help=told.get("help", ""),
            **{part: told[part] for part in ("key", "kind", "wording")},
        )
        for place, told in enumerate(items, start=1)
    )
    measures = [(measure_of(told), told) for told in document.get("measures", [])]
    for place, (measure, _told) in enumerate(measures, start=1):
        measure.version, measure.place = version, place
    Measure.objects.bulk_create(measure for measure, _told in measures)
    Benchmark.objects.bulk_create(
        Benchmark(
            measure=measure,
            label=each["label"],
            value=float(each["value"]),
            source=each["source"],
            dated=date.fromisoformat(each["dated"]),
        )
        for measure, told in measures
        for each in told.get("benchmarks", [])
    )


def _item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {"key": item.key}
    if item.section:
        told["section"] = item.section.title
    told["kind"] = item.kind
    if item.scale:
        told["scale"] = item.scale.name
    return told | {"wording": item.wording, "help": item.help}


def _in_order(benchmark: Benchmark) -> tuple[float, str, date]:
    return benchmark.value, benchmark.label, benchmark.dated


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise ValueError(_("an object has “%(name)s” twice") % {"name": twice[:40]})
    return found


def _no_number(constant: str) -> None:
    raise ValueError(_("%(constant)s is no number") % {"constant": constant})
