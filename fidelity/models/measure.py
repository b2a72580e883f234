"""A measure: a score computed from an instrument's items by a formula with a name."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fidelity.formula_words import words_of
from fidelity.models.instrument import Version
from fidelity.scoring import FORMULAS, Given, Outcome, State, Treatment, compute
from fidelity.scoring.formula import FormulaError, check, names_in, parse
from fidelity.shipped import spoken
from portal.web.privacy import NONE

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from fidelity.models.benchmark import Benchmark

TREATMENTS = [
    (Treatment.LEAVE_OUT.value, _("is left out")),
    (Treatment.AS_ZERO.value, _("counts as 0")),
    (Treatment.STOP.value, _("makes it not computable")),
]


class Measure(models.Model):
    """`key` is its identity across versions, as an item's. What items without a value do to the
    denominator is said for each of the three states."""

    class FormulaName(models.TextChoices):
        MEAN = "mean", _("mean")
        SUM = "sum", _("sum")
        PERCENT_OF_MAXIMUM = "percent_of_maximum", _("percent of the maximum")
        RATIO_OF_SUMS = "ratio_of_sums", _("ratio of sums")
        PERCENT_OF_SUMS = "percent_of_sums", _("percent of sums")
        FORMULA = "formula", _("a formula")

    class Unit(models.TextChoices):
        POINTS = "points", _("points")
        PERCENT = "percent", _("percent")
        RATIO = "ratio", _("to 1")
        COUNT = "count", _("times")

    privacy = {
        "id": NONE,
        "version": NONE,
        "key": NONE,
        "place": NONE,
        "name": NONE,
        "about": NONE,
        "formula": NONE,
        "parameters": NONE,
        "unit": NONE,
        "not_observed": NONE,
        "not_applicable": NONE,
        "missing": NONE,
    }
    benchmarks: "RelatedManager[Benchmark]"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="measures")
    key = models.SlugField(max_length=60)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("what it says"), max_length=400, blank=True)
    formula = models.CharField(_("formula"), max_length=20, choices=FormulaName)
    # Lists of items' keys, by the formula's names; or the text of a formula of one's own.
    parameters = models.JSONField(default=dict)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit)
    not_observed = models.CharField(
        max_length=9, choices=TREATMENTS, default=Treatment.LEAVE_OUT.value
    )
    not_applicable = models.CharField(
        max_length=9, choices=TREATMENTS, default=Treatment.LEAVE_OUT.value
    )
    missing = models.CharField(max_length=9, choices=TREATMENTS, default=Treatment.STOP.value)

    class Meta:
        ordering = ["version", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="fidelity_measure_key",
                violation_error_message=_("Choose another key: this version has it already."),
            )
        ]

    def __str__(self) -> str:
        """Its name in the reader's language; `name` is as it is stored."""
        return spoken(self.name)

    @property
    def spoken_about(self) -> str:
        return spoken(self.about)

    @property
    def treatments(self) -> dict[State, Treatment]:
        return {
            State.NOT_OBSERVED: Treatment(self.not_observed),
            State.NOT_APPLICABLE: Treatment(self.not_applicable),
            State.MISSING: Treatment(self.missing),
        }

    @property
    def top(self) -> float | None:
        """Where this measure's scale ends, None where it has no end."""
        return 100.0 if self.unit == self.Unit.PERCENT else None

    def compute(self, answers: Mapping[str, Given]) -> Outcome:
        """The score of `answers`, by the items' keys."""
        return compute(self.formula, self.parameters, answers, self.treatments)

    def words_for(self, value: float | None) -> str:
        """A score as people read it: "51%", "1.4 : 1", "3.2"."""
        if value is None:
            return _now("not computable")
        match self.unit:
            case self.Unit.PERCENT:
                return f"{_written(value, 0, get_language())}%"
            case self.Unit.RATIO:
                return f"{_written(value, 1, get_language())}\u00a0:\u00a01"  # no line break inside
            case self.Unit.COUNT:
                return _written(value, 0, get_language())
        return _written(value, 1, get_language())

    def short(self, value: float) -> str:
        """A value where room is scarce, under an axis: "50%", "0.5", "2"."""
        digits = 0 if value == int(value) else 2 if round(value, 1) != value else 1
        written = _written(value, digits, get_language())
        return f"{written}%" if self.unit == self.Unit.PERCENT else written

    @property
    def keys(self) -> list[str]:
        """The items that it is computed from; none where its formula cannot be read."""
        if self.formula != self.FormulaName.FORMULA:
            return [key for part in self.parameters.values() for key in part]
        try:
            return [name.key for name in names_in(parse(self.parameters.get("formula", "")))]
        except FormulaError:
            return []

    def problem_with(self, kinds: Mapping[str, str]) -> str:
        """Why the measure cannot be computed from items with these keys and kinds of answer;
        empty where it can."""
        wanted = FORMULAS[self.formula].parameters
        named = [self.parameters[part] for part in wanted if part in self.parameters]
        if len(named) < len(wanted) or [] in named:
            return _now("Choose the items that %(measure)s is computed from.") % {"measure": self}
        if self.formula == self.FormulaName.FORMULA:
            try:
                check(self.parameters["formula"], set(kinds))
            except FormulaError as wrong:
                return words_of(wrong, kinds)
        elif strange := set(self.keys) - set(kinds):
            return _now("Take %(items)s out of %(measure)s, or add them to the instrument.") % {
                "items": ", ".join(sorted(strange)),
                "measure": self,
            }
        return self._problem_with_kinds({key: kinds[key] for key in self.keys})

    def _problem_with_kinds(self, kinds: Mapping[str, str]) -> str:
        if texts := sorted(key for key, kind in kinds.items() if kind == "text"):
            return _now("Take %(items)s out of %(measure)s: a text is no number.") % {
                "items": ", ".join(texts),
                "measure": self,
            }
        counts = sorted(key for key, kind in kinds.items() if kind == "count")
        if counts and self.formula == self.FormulaName.PERCENT_OF_MAXIMUM:
            return _now("Take %(items)s out of %(measure)s: a count has no maximum.") % {
                "items": ", ".join(counts),
                "measure": self,
            }
        return ""


@lru_cache(maxsize=4096)  # a page writes hundreds of scores, and they are the same again and again
def _written(value: float, digits: int, _language: str | None) -> str:
    # Django cuts digits off where it should round, and 29% is 28.999999999999996 as a float.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return number_format(rounded, digits)
