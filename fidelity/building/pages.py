"""What the pages of instruments show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fidelity.models import Instrument, Item, Measure, Section, Version
from fidelity.models.instrument import InstrumentQuerySet
from fidelity.models.readiness import Problem, problems_in
from fidelity.models.recording import READERS
from fidelity.results import with_comparisons
from portal.agencies.models.standing import agencies_of
from portal.people.models import User


@dataclass(frozen=True)
class Listed:
    """An instrument in the list, with where it stands."""

    instrument: Instrument
    states: set[str]

    @property
    def state(self) -> str:
        """published, draft or retired: the first of these that one of its versions is."""
        return next((s for s in ("published", "draft", "retired") if s in self.states), "draft")

    @property
    def has_draft(self) -> bool:
        return "draft" in self.states


def listed(instruments: InstrumentQuerySet, builds: Sequence[int]) -> list[Listed]:
    """Those with something to read for this person: a draft that was never published is for those
    who build it. Two queries."""
    found = [
        Listed(each, {version.state for version in each.versions.all()})
        for each in instruments.select_related("agency").prefetch_related("versions")
    ]
    return [
        each
        for each in found
        if each.states - {"draft"} or each.instrument.agency_id in set(builds)
    ]


def context_of(instrument: Instrument, version: Version | None, reader: User) -> dict[str, Any]:
    """An instrument's page, with this version on it."""
    builds = instrument.agency_id in agencies_of(reader, *READERS)
    versions = list(instrument.versions.order_by("-number"))
    if version:
        version.instrument = instrument
    sheet = version.sheet if version else None
    return {
        "instrument": instrument,
        "version": version,
        "versions": [each for each in versions if each.published_at or builds],
        "draft": next((each for each in versions if each.state == "draft"), None),
        "items": sheet.items.all() if sheet else [],
        "measures": with_comparisons(list(sheet.measures.all()) if sheet else []),
        "builds": builds,
        "can_copy": instrument.agency_id is None and bool(agencies_of(reader, *READERS)),
    }


@dataclass(frozen=True)
class Draft:
    """A draft as the builder shows it."""

    version: Version
    sections: list[tuple[Section | None, list[Item]]]
    scales: list[Any]
    measures: list[Measure]
    problems: list[Problem]


def draft_of(version: Version) -> Draft:
    """Nine queries, whatever its size."""
    scales = list(version.scales.prefetch_related("levels").order_by("pk"))
    by_pk = {scale.pk: scale for scale in scales}
    items = list(version.items.order_by("place"))
    for item in items:
        item.scale = by_pk[item.scale_id] if item.scale_id else None
    measures = list(version.measures.prefetch_related("benchmarks").order_by("place"))
    by_section: dict[int | None, list[Item]] = {}
    for item in items:
        by_section.setdefault(item.section_id, []).append(item)
    sections = list(version.sections.order_by("place"))
    shown: list[tuple[Section | None, list[Item]]] = []
    if None in by_section or not sections:
        shown.append((None, by_section.get(None, [])))
    shown += [(section, by_section.get(section.pk, [])) for section in sections]
    return Draft(
        version=version,
        sections=shown,
        scales=scales,
        measures=measures,
        problems=problems_in(version, items, measures),
    )
