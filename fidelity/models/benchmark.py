"""A benchmark: a comparison value that carries its source and its date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fidelity.models.measure import Measure
from fidelity.shipped import spoken
from portal.web.privacy import NONE


class Benchmark(models.Model):
    """Not part of what a version freezes: it compares, it does not score, and newer ones come."""

    privacy = {
        "id": NONE,
        "measure": NONE,
        "label": NONE,
        "value": NONE,
        "source": NONE,
        "dated": NONE,
    }

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="benchmarks")
    label = models.CharField(_("label"), max_length=40)
    value = models.FloatField(_("value"))
    source = models.CharField(_("source"), max_length=200)
    dated = models.DateField(_("date of the source"))

    class Meta:
        ordering = ["measure", "value"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="fidelity_benchmark_has_a_source",
                violation_error_message=_("Enter where the benchmark comes from."),
            ),
            models.UniqueConstraint(
                fields=["measure", "label", "dated"],
                name="fidelity_benchmark_once",
                violation_error_message=_("This measure has this benchmark already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spoken_label} {self.value:g}"

    @property
    def spoken_label(self) -> str:
        """Its label in the reader's language; `label` is as it is stored."""
        return spoken(self.label)

    @property
    def words(self) -> str:
        return self.measure.words_for(self.value)
