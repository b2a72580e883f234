"""What a review holds: an answer an item, a score a measure."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fidelity.models.item import Item
from fidelity.models.measure import Measure
from fidelity.scoring import Outcome, Reason, State
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from fidelity.models.review import Review


class Answer(models.Model):
    class States(models.TextChoices):
        OBSERVED = State.OBSERVED.value, _("observed")
        NOT_OBSERVED = State.NOT_OBSERVED.value, _("not observed")
        NOT_APPLICABLE = State.NOT_APPLICABLE.value, _("not applicable")
        MISSING = State.MISSING.value, _("no answer")

    privacy = {
        "id": NONE,
        "review": WORK,
        "item": NONE,
        "state": WORK,
        "value": WORK,
        "text": FREE,
        "note": FREE,
    }

    review = models.ForeignKey("fidelity.Review", on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=States, default=States.OBSERVED)
    value = models.FloatField(null=True, blank=True)
    text = models.TextField(blank=True)
    note = models.TextField(_("evidence"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "item"],
                name="fidelity_answer_once",
                violation_error_message=_("This item is answered already."),
            ),
            models.CheckConstraint(
                condition=Q(state="observed") & (Q(value__isnull=False) | ~Q(text=""))
                | Q(
                    state__in=["not_observed", "not_applicable", "missing"],
                    value=None,
                    text="",
                ),
                name="fidelity_answer_value_when_observed",
                violation_error_message=_("Give a value, or say why there is none; not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state} {self.value}"

    @property
    def words(self) -> str:
        """What was answered as people read it; the item's scale comes prefetched."""
        if self.value is None:
            return self.text or str(self.States(self.state).label)
        if self.item.scale:
            for level in self.item.scale.levels.all():
                if level.value == self.value:
                    return str(level)
        if self.item.kind == Item.Kind.YES_NO:
            return _now("Yes") if self.value else _now("No")
        number = number_format(self.value, 0 if self.value == int(self.value) else 1)
        return f"{number}%" if self.item.kind == Item.Kind.PERCENT else number


class Score(models.Model):
    """A measure's value for a review; "not computable" has a reason and no value."""

    class Reasons(models.TextChoices):
        ZERO_DENOMINATOR = Reason.ZERO_DENOMINATOR.value, _("there is nothing to divide by")
        NOTHING_OBSERVED = Reason.NOTHING_OBSERVED.value, _("none of its items was observed")
        ITEM_WITHOUT_VALUE = Reason.ITEM_WITHOUT_VALUE.value, _("an item it needs has no value")
        OUT_OF_RANGE = Reason.OUT_OF_RANGE.value, _("the number is too large to be a score")

    privacy = {
        "id": NONE,
        "review": WORK,
        "measure": NONE,
        "value": WORK,
        "reason": WORK,
        "counted": WORK,
    }

    review = models.ForeignKey("fidelity.Review", on_delete=models.CASCADE, related_name="scores")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="scores")
    value = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Reasons, blank=True)
    counted = models.PositiveSmallIntegerField(default=0)  # items that entered the score

    class Meta:
        indexes = [
            models.Index(
                fields=["review"], include=["measure", "value"], name="fidelity_score_seen"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "measure"],
                name="fidelity_score_once",
                violation_error_message=_("This measure is computed already."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, reason="") | Q(value=None) & ~Q(reason=""),
                name="fidelity_score_value_or_reason",
                violation_error_message=_("Give a score, or why it is not computable."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.value if self.value is not None else self.reason}"

    @classmethod
    def of(cls, review: "Review", measure: Measure, outcome: Outcome, **fields: Any) -> "Score":
        """An unsaved row for what a formula gave."""
        return cls(
            review=review,
            measure=measure,
            value=outcome.value,
            reason=outcome.reason.value if outcome.reason else "",
            counted=outcome.counted,
            **fields,
        )

    @property
    def words(self) -> str:
        return self.measure.words_for(self.value)
