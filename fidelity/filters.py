"""What a dashboard shows, from its address: a measure and source, months, a version.

An address that names what isn't there shows everything rather than an error: it may be a bookmark
of last year.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Filters:
    """Empty parts leave nothing out. `since` and `until` are first days of months, both in."""

    series: str = ""
    since: date | None = None
    until: date | None = None
    version: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        number = asked.get("version", "")
        return cls(
            asked.get("series", ""),
            month_of(asked.get("since", "")),
            month_of(asked.get("until", "")),
            int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None,
        )

    @property
    def query(self) -> str:
        """As it stands in an address, without the question mark."""
        return urlencode({name: value for name, value in self.as_asked().items() if value})

    def as_asked(self) -> dict[str, str]:
        return {
            "series": self.series,
            "since": written(self.since),
            "until": written(self.until),
            "version": str(self.version or ""),
        }

    def naming(self, **changes: Any) -> "Filters":
        return replace(self, **changes)

    def holds(self, month: date) -> bool:
        """Whether a month, by its first day, is one of those asked for."""
        return (not self.since or month >= self.since) and (not self.until or month <= self.until)

    @property
    def narrows(self) -> bool:
        return bool(self.since or self.until or self.version)


def month_of(text: str) -> date | None:
    """The first day of "2026-05"."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


def written(month: date | None) -> str:
    # Not strftime: every mark of a chart has its month in an address.
    return f"{month.year:04}-{month.month:02}" if month else ""


def after(month: date) -> date:
    """The first day of the month that follows."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
