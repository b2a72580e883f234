"""What a dashboard's filters offer as a form, what is chosen, and which series is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from fidelity.filters import Filters, written
from fidelity.series import Series
from fidelity.tiles import when


class Choice(NamedTuple):
    value: str
    label: str
    chosen: bool


class Offered(list[Choice]):
    """What a box offers, as a list that draws itself: a template takes long for each month."""

    @property
    def options(self) -> SafeString:
        options = "".join(
            f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(label)}'
            "</option>"
            for value, label, chosen in self
        )
        return mark_safe(options)  # noqa: S308 - all text is escaped


def chosen_of(available: Sequence[Series], slug: str) -> Series | None:
    """The series that the address names; else the first, the one with the most reviews."""
    named = (series for series in available if series.slug == slug)
    return next(named, available[0] if available else None)


def series_to_choose(found: Sequence[Series], chosen: Series | None) -> list[Choice]:
    """By instrument, in the order in which they come."""
    return [
        Choice(
            each.slug,
            f"{each.measure.version.instrument}: {each.measure}, {each.source_label}",
            each is chosen,
        )
        for each in sorted(found, key=lambda each: str(each.measure.version.instrument))
    ]


@dataclass(frozen=True)
class Choices:
    """A list a box; the last three of the series that is shown."""

    series: list[Choice]
    since: Offered
    until: Offered
    versions: Offered
    narrows: bool


def choices_of(found: Sequence[Series], chosen: Series | None, filters: Filters) -> Choices:
    available = chosen.available if chosen else []
    period = chosen.period if chosen else "month"
    months = sorted({month for month, _number in available})
    numbers = sorted({number for _month, number in available})
    named = [(on, written(on), when(on, period)) for on in months]
    return Choices(
        series_to_choose(found, chosen),
        Offered(Choice(value, label, on == filters.since) for on, value, label in named),
        Offered(Choice(value, label, on == filters.until) for on, value, label in named),
        Offered(Choice(str(n), str(n), n == filters.version) for n in numbers if len(numbers) > 1),
        filters.narrows,
    )
