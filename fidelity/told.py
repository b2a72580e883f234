"""A statistic in words: its value, its interval, and why one of them is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:  # it reads numpy, 25 MB in each process that never draws a sample
    from fidelity.agreement import Figure


@dataclass(frozen=True)
class Told:
    """`value` says why where there is none; `interval` is empty then."""

    value: str
    interval: str
    n: int


def share(figure: "Figure") -> Told:
    """A share as a percent: "80%"."""
    return _told(figure, lambda value: f"{_written(100 * value, 0)}%")


def coefficient(figure: "Figure") -> Told:
    """A coefficient to two places: "0.74"."""
    return _told(figure, lambda value: _written(value, 2))


def difference(figure: "Figure") -> Told:
    """A signed difference: "+0.30", "-0.10"."""
    return _told(figure, signed)


def signed(value: float) -> str:
    sign = "+" if value >= 0.005 else ""
    return sign + _written(value, 2)


def _written(value: float, digits: int) -> str:
    # Django cuts digits off where it should round; and no zero is negative.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return number_format(rounded + 0, digits)


def _told(figure: "Figure", words: Callable[[float], str]) -> Told:
    if figure.value is None:
        return Told(str(figure.why.words) if figure.why else "", "", figure.n)
    if figure.low is None or figure.high is None:
        why = figure.why_no_interval
        return Told(words(figure.value), str(why.words) if why else "", figure.n)
    interval = _("%(low)s to %(high)s") % {"low": words(figure.low), "high": words(figure.high)}
    return Told(words(figure.value), interval, figure.n)
