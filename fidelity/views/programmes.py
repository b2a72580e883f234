"""An agency's practice as a whole, for its admins: aggregates, small groups not shown."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fidelity import heat
from fidelity.access import programme
from fidelity.cells import of_agency
from fidelity.choices import choices_of
from fidelity.filters import Filters
from fidelity.programme import Programme, Team, programme_of, teams_of
from fidelity.series import Series
from fidelity.tabs import chosen_of
from fidelity.tiles import group_tile, when
from portal.agencies.models import Agency
from portal.charts import Small, small_chart
from portal.web.page import page

A_PAGE = 24  # teams


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
            "panels": [_panel(team, chosen) for team in shown] if chosen else [],
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


def _panel(team: Team, all_of_it: Series) -> Panel:
    places = [point.on for point in all_of_it.points]
    own = {point.on: point for point in team.series.points}
    words, period = all_of_it.measure.words_for, all_of_it.period
    values = [own[on].value if on in own else None for on in places]
    labels = [
        _("%(month)s: %(value)s, n %(n)s")
        % {"month": when(on, period), "value": words(own[on].value), "n": own[on].n}
        if on in own
        else ""
        for on in places
    ]
    largest = max([point.value for point in (*team.series.points, *all_of_it.points)])
    last = team.series.points[-1]
    return Panel(
        team.name,
        small_chart(
            values,
            labels,
            behind=[point.value for point in all_of_it.points],
            low=0.0,
            high=all_of_it.top or largest or 1.0,
        ),
        _("Latest, %(month)s: %(value)s, n %(n)s")
        % {"month": when(last.on, period), "value": words(last.value), "n": last.n},
        [label for label in labels if label],
    )
