"""A closed calibration round as tables: items and measures, and each rater's difference."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fidelity.agreement import Level
from fidelity.agreement.calibration import Row, table
from fidelity.agreement.ratings import Score as Given
from fidelity.models import Answer, CalibrationRound, Item, Score
from fidelity.names import names_of
from fidelity.told import Told, coefficient, difference, share

LEVELS = {
    Item.Kind.SCALE: Level.ORDINAL,
    Item.Kind.YES_NO: Level.NOMINAL,
    Item.Kind.COUNT: Level.INTERVAL,
    Item.Kind.PERCENT: Level.INTERVAL,
}
ICC_NAMES = {
    "one_way": _("ICC(1), each recording by raters of its own"),
    "two_way": _("ICC(2,1), absolute agreement"),
    "fixed": _("ICC(3,1), these raters only"),
    "one_way_mean": _("ICC(1,k), the mean of all"),
    "two_way_mean": _("ICC(2,k), the mean of all"),
    "fixed_mean": _("ICC(3,k), the mean of all"),
}


@dataclass(frozen=True)
class Line:
    """One item or measure. None where a statistic is not for such values."""

    name: str
    n: int
    exact: Told
    within_one: Told | None
    kappa: Told | None
    kappa_name: str
    alpha: Told | None
    iccs: list[tuple[str, Told]]
    differences: list[tuple[str, Told]]


def lines(round_: CalibrationRound) -> tuple[list[Line], list[Line]]:
    """Of the items, and of the measures. Three queries, and the instrument's when it is new."""
    reviews = {"review__seat__round": round_}
    asked = Answer.objects.filter(value__isnull=False, **reviews).order_by("review__recording")
    scored = Score.objects.filter(value__isnull=False, **reviews).order_by("review__recording")
    whose = ("review__recording", "review__reviewer", "value")
    by_item = _by(asked.values_list("item", *whose))
    by_measure = _by(scored.values_list("measure", *whose))
    raters = {rater for rows in by_item.values() for theirs in rows.values() for rater in theirs}
    names = {str(pk): name for pk, name in names_of(map(int, raters)).items()}
    master = str(round_.master_id) if round_.master_id else ""
    sheet = round_.version.sheet
    items = {
        str(item.pk): (str(item), LEVELS[Item.Kind(item.kind)])
        for item in sheet.items.all()
        if item.kind != Item.Kind.TEXT
    }
    measures = {str(each.pk): (str(each), Level.INTERVAL) for each in sheet.measures.all()}
    return _lines(items, by_item, master, names), _lines(measures, by_measure, master, names)


Scores = dict[str, dict[str, dict[str, Given]]]  # {item: {recording: {rater: value}}}


def _by(rows: object) -> Scores:
    found: Scores = {}
    for key, recording, rater, value in rows:  # type: ignore[attr-defined]
        found.setdefault(str(key), {}).setdefault(str(recording), {})[str(rater)] = value
    return found


def _lines(
    asked: Mapping[str, tuple[str, Level]], given: Scores, master: str, names: Mapping[str, str]
) -> list[Line]:
    scores = {key: given.get(key, {}) for key in asked}
    masters = {
        key: {unit: theirs[master] for unit, theirs in units.items() if master in theirs}
        for key, units in scores.items()
    }
    levels = {key: level for key, (_name, level) in asked.items()}
    rows = table(scores, levels, masters if master else None)
    return [_line(row, asked[row.key][0], master, names) for row in rows]


def _line(row: Row, name: str, master: str, names: Mapping[str, str]) -> Line:
    kappa, kappa_name = next(
        (
            (figure, words)
            for figure, words in (
                (row.weighted_kappa, _("weighted kappa")),
                (row.cohens_kappa, _("Cohen's kappa")),
                (row.fleiss_kappa, _("Fleiss' kappa")),
            )
            if figure is not None
        ),
        (None, ""),
    )
    enough = row.enough
    return Line(
        name=name,
        n=row.n,
        exact=share(row.exact),
        within_one=share(row.within_one) if row.within_one else None,
        kappa=coefficient(kappa) if kappa and enough else None,
        kappa_name=str(kappa_name),
        alpha=coefficient(row.alpha) if enough else None,
        iccs=[(str(words), coefficient(getattr(row.icc, key))) for key, words in ICC_NAMES.items()]
        if row.icc and enough
        else [],
        differences=sorted(
            (names[rater], difference(figure))
            for rater, figure in row.differences.items()
            if rater != master
        ),
    )
