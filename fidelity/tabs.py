"""Which of several series a page shows, and the way to the others."""

from collections.abc import Sequence

from fidelity.series import Series


def chosen_of(available: Sequence[Series], slug: str) -> Series | None:
    """The series that the address names; else the first, the one with the most reviews."""
    named = (series for series in available if series.slug == slug)
    return next(named, available[0] if available else None)


def tab_of(series: Series, chosen: Series | None) -> dict[str, object]:
    """As components/tabs.html draws it."""
    return {
        "label": f"{series.measure.version.instrument}: {series.measure}, {series.source_label}",
        "url": f"?series={series.slug}",
        "current": series is chosen,
        "count": series.n,
    }
