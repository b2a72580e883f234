"""Raters over time: how far above or below the master scores each lies, and who is calibrated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fidelity.drift.finding import FEWEST_POINTS, Direction, Verdict
from fidelity.drift.raters import Difference, drifting
from fidelity.models import Calibration
from fidelity.models.calibration import Course, RoundQuerySet, differences_in
from fidelity.tiles import short_day
from fidelity.told import signed
from portal.charts import Mark, Run, run_chart


@dataclass(frozen=True)
class Occasion:
    day: str
    url: str
    difference: str
    within_one: int  # percent
    n: int


@dataclass(frozen=True)
class Rater:
    """One person with one instrument. No rank: they are listed by name."""

    name: str
    instrument: str
    sentence: str
    until: date | None
    chart: Run
    occasions: list[Occasion]


def raters(rounds: RoundQuerySet, today: date) -> list[Rater]:
    """Everybody whom one of `rounds` was about. Two queries."""
    latest = (
        Calibration.objects.filter(round__in=rounds)
        .select_related("rater", "round__version__instrument")
        .order_by(
            "rater_id",
            "round__version__instrument_id",
            "round__agency_id",
            "-round__closed_at",
            "-pk",
        )
        .distinct("rater_id", "round__version__instrument_id", "round__agency_id")
    )
    courses = differences_in(rounds)
    found = [_rater(each, courses, today) for each in latest]
    return sorted(found, key=lambda rater: (rater.name, rater.instrument))


def _rater(
    latest: Calibration, courses: Mapping[tuple[int, int, int], Course], today: date
) -> Rater:
    instrument = latest.round.version.instrument
    course = courses.get((latest.rater_id, instrument.pk, latest.round.agency_id), [])
    differences = [difference for _round, difference in course]
    marks = [
        Mark(
            difference.value,
            short_day(difference.on),
            f"{short_day(difference.on)}: {signed(difference.value)}",
            reverse("fidelity:calibrations.show", args=[round_]),
        )
        for round_, difference in course
    ]
    low = min([0.0, *(difference.value for difference in differences)])
    return Rater(
        name=str(latest.rater),
        instrument=str(instrument),
        sentence=_sentence(differences),
        until=latest.until if latest.until and latest.until >= today else None,
        chart=run_chart(marks, words=signed, median=0, median_label=_("master scores"), low=low),
        occasions=[
            Occasion(
                mark.when,
                mark.url,
                signed(difference.value),
                round(100 * difference.within_one),
                difference.n,
            )
            for mark, difference in zip(marks, differences, strict=True)
        ],
    )


def _sentence(differences: list[Difference]) -> str:
    found = drifting(differences)
    told: dict[str, object] = {"n": len(differences), "fewest": FEWEST_POINTS}
    if found.kind == Verdict.TOO_FEW:
        return (
            ngettext(
                "Too few recordings yet to tell drift from chance: %(n)s was scored beside the "
                "master. From %(fewest)s on this can.",
                "Too few recordings yet to tell drift from chance: %(n)s were scored beside the "
                "master. From %(fewest)s on this can.",
                len(differences),
            )
            % told
        )
    if found.since is None:
        return _("Stable over %(n)s recordings: the differences vary as chance would.") % told
    told["since"] = short_day(differences[found.since].on)
    if found.direction == Direction.UP:
        return (
            _("A signal since %(since)s, in %(n)s recordings: scores have become more generous.")
            % told
        )
    return _("A signal since %(since)s, in %(n)s recordings: scores have become stricter.") % told
