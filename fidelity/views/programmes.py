"""An agency's practice as a whole, for its admins: aggregates, small groups not shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fidelity import heat
from fidelity.access import programme
from fidelity.cells import of_agency
from fidelity.choices import choices_of, chosen_of
from fidelity.filters import Filters
from fidelity.programme import Programme, Team, programme_of, teams_of
from fidelity.series import Series
from fidelity.tiles import group_tile, when
from portal.agencies.models import Agency
from portal.charts import Small, course_behind, small_chart
from portal.web.page import page

A_PAGE = 12  # teams


@dataclass(frozen=True)
class Line:
    """One measure from one source; `mean` is empty where the group is too small to be shown."""

    name: str
    source: str
    n: int
    mean: str

    @property
    def is_small(self) -> bool:
        return not self.mean


@dataclass(frozen=True)
class Panel:
    """One team among the others, on the scale of all."""

    name: str
    chart: Small
    sentence: str
    said: list[str]

    @property
    def listed(self) -> SafeString:
        """What is said as items of a list, in one piece: a template takes long for each."""
        items = "".join(f"<li>{escape(each)}</li>" for each in self.said)
        return mark_safe(items)  # noqa: S308 - all text is escaped


@programme
def show(request: HttpRequest, agency: Agency) -> HttpResponse:
    filters = Filters.of(request.GET)
    found = programme_of(of_agency(agency.pk))
    available = found.series(filters)
    chosen = chosen_of(available, filters.series)
    closer = reverse("fidelity:drifts.show", args=[agency.pk])
    teams = teams_of(chosen, agency.pk, filters) if chosen else None
    shown = Paginator(teams.shown if teams else [], A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "fidelity/programmes/show.html",
        {
            "agency": agency,
            "lines": _lines(found),
            "tile": group_tile(chosen, next_url=f"{closer}?series={chosen.slug}")
            if chosen
            else None,
            "heat": heat.of_programme(chosen, agency.pk, filters) if chosen else None,
            "page": shown,
            "panels": _panels(shown, chosen) if chosen else [],
            "too_small": teams.too_small if teams else 0,
            "choices": choices_of(available, chosen, filters),
            "query": filters.query,
        },
    )


def _lines(found: Programme) -> list[Line]:
    """By instrument, measure and source; most reviews first."""
    totals = sorted(found.totals.values(), key=lambda each: (-each.n, str(each.measure)))
    return [
        Line(
            f"{each.measure.version.instrument}: {each.measure}",
            each.source_label,
            each.n,
            "" if each.mean is None else each.measure.words_for(each.mean),
        )
        for each in totals
    ]


def _panels(teams: Iterable[Team], all_of_it: Series) -> list[Panel]:
    """On one scale, the course of all behind each."""
    words, short = all_of_it.measure.words_for, {}
    for point in all_of_it.points:
        short[point.on] = when(point.on, all_of_it.period)
    courses = [(team, {point.on: point for point in team.points}) for team in teams]
    shown = [*all_of_it.points, *(point for _team, own in courses for point in own.values())]
    high = all_of_it.top or max((point.value for point in shown), default=0.0) or 1.0
    behind = course_behind([point.value for point in all_of_it.points], low=0.0, high=high)
    told, latest = _("%(month)s: %(value)s, n %(n)s"), _("Latest, %(month)s: %(value)s, n %(n)s")
    panels = []
    for team, own in courses:
        values: list[float | None] = []
        labels: list[str] = []
        said = {}
        for on, name in short.items():
            values.append(own[on].value if on in own else None)
            if on in own:
                said = {"month": name, "value": words(own[on].value), "n": own[on].n}
            labels.append(told % said if on in own else "")
        chart = small_chart(values, labels, behind=behind, low=0.0, high=high)
        panels.append(Panel(team.name, chart, latest % said, [each for each in labels if each]))
    return panels
