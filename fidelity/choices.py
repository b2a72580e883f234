"""The filters of a dashboard as a form: what there is to choose from, and what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from fidelity.filters import Filters, written
from fidelity.series import Series
from fidelity.tiles import when


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Choices:
    """A list a box; the last three of the series that is shown."""

    series: list[Choice]
    since: list[Choice]
    until: list[Choice]
    versions: list[Choice]
    narrows: bool


def choices_of(found: Sequence[Series], chosen: Series | None, filters: Filters) -> Choices:
    available = chosen.available if chosen else []
    period = chosen.period if chosen else "month"
    months = sorted({month for month, _number in available})
    numbers = sorted({number for _month, number in available})
    return Choices(
        [
            Choice(
                each.slug,
                f"{each.measure.version.instrument}: {each.measure}, {each.source_label}",
                each is chosen,
            )
            for each in sorted(found, key=lambda each: (str(each.measure.version.instrument),))
        ],
        [Choice(written(on), when(on, period), on == filters.since) for on in months],
        [Choice(written(on), when(on, period), on == filters.until) for on in months],
        [Choice(str(n), str(n), n == filters.version) for n in numbers] if len(numbers) > 1 else [],
        filters.narrows,
    )
