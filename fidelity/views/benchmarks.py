"""Values to compare a measure with. They compare and do not score: newer ones join any version."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fidelity.access import measure_of_own
from fidelity.building.forms import BenchmarkForm
from fidelity.building.rules import MOST_BENCHMARKS
from fidelity.models import Benchmark, Measure
from portal.web.page import page


@measure_of_own
@transaction.atomic
def new(request: HttpRequest, measure: Measure) -> HttpResponse:
    if request.method == "POST":  # two tabs that send the same take turns
        Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    form = BenchmarkForm(request.POST or None, instance=Benchmark(measure=measure))
    if form.is_valid() and measure.benchmarks.count() >= MOST_BENCHMARKS:
        form.add_error(None, _("Take an older benchmark out first: there are too many."))
    if form.is_valid():
        form.save()
        messages.success(request, _("The benchmark is beside the measure."))
        return redirect(home_of(measure))
    return page(
        request,
        "fidelity/benchmarks/new.html",
        {"form": form, "measure": measure, "home": home_of(measure)},
    )


@measure_of_own
def edit(request: HttpRequest, measure: Measure) -> HttpResponse:
    """All of a measure's benchmarks; POST with `benchmark` takes that one out."""
    if request.method == "POST":
        chosen = request.POST.get("benchmark", "")
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18:
            measure.benchmarks.filter(pk=int(chosen)).delete()
        messages.success(request, _("It is taken out."))
        return redirect("fidelity:benchmarks.edit", measure.pk)
    return page(
        request,
        "fidelity/benchmarks/edit.html",
        {
            "measure": measure,
            "benchmarks": measure.benchmarks.order_by("value", "dated"),
            "home": home_of(measure),
        },
    )


def home_of(measure: Measure) -> str:
    verb = "show" if measure.version.published_at else "edit"
    return reverse(f"fidelity:versions.{verb}", args=[measure.version_id])
