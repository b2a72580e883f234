"""Practice experiments: those of one's teams, one on one page, planning one, changing its plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.experiment_forms import (
    DecisionForm,
    NewTrialForm,
    NotesForm,
    PlanTrialForm,
    notes_of,
    plan_of,
)
from fidelity.experiments import choices_for
from fidelity.models import AlreadyBegun, Experiment, NotUnderWay
from fidelity.models.experiment import ExperimentQuerySet
from portal import access
from portal.people.models import User
from portal.web.page import page

SHOWN = 50
NAMES = ("agency", "lead", "measure__version__instrument", "started_by", "follows")
WHY = gettext_lazy(
    "An experiment is changed by whoever started it or leads the team, until it has ended."
)


@access.collection(Experiment, "visible_to", "experiments")
def index(request: HttpRequest, experiments: ExperimentQuerySet) -> HttpResponse:
    named = experiments.select_related(*NAMES)
    return page(
        request,
        "fidelity/experiments/index.html",
        {
            "under_way": named.filter(ended_at=None)[:SHOWN],
            "ended": named.exclude(ended_at=None).order_by("-ended_at", "-pk")[:SHOWN],
        },
    )


@access.record(Experiment, "visible_to", select=NAMES)
def show(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    assert isinstance(request.user, User)
    mine = Experiment.objects.editable_by(request.user).filter(pk=experiment.pk).exists()
    return page(
        request,
        "fidelity/experiments/show.html",
        {
            "experiment": experiment,
            "cycles": experiment.cycles(),
            "can_change": mine,
            "form": DecisionForm(initial=notes_of(experiment))
            if mine and experiment.is_under_way
            else None,
            "leads": experiment.lead == request.user,
        },
    )


@access.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A first cycle; or, with `after`, the next of one that has ended."""
    assert isinstance(request.user, User)
    after = request.GET.get("after", "")
    before = None
    if after.isdecimal() and len(after) < 10:
        ended = Experiment.objects.visible_to(request.user).exclude(ended_at=None)
        before = ended.select_related("measure", "follows").filter(pk=after).first()
    form: PlanTrialForm
    has_team = True
    if before:
        kept = {name: getattr(before, name) for name in ("aim", "change")}
        form = PlanTrialForm(request.POST or None, initial=kept)
    else:
        choices = choices_for(request.user)
        has_team = bool(choices.teams)
        form = NewTrialForm(request.POST or None, choices=choices, initial=_chosen(request))
    if form.is_valid():
        if isinstance(form, NewTrialForm):
            made = Experiment.objects.start(by=request.user, **form.plan())
        else:
            assert before is not None
            made = Experiment.objects.start(
                by=request.user,
                follows=before,
                team=(before.agency_id, before.lead_id),
                measure=before.measure,
                source=before.source,
                **form.cleaned_data,
            )
        messages.success(request, _("The plan is saved. Nothing has begun yet."))
        return redirect(made)
    return page(
        request,
        "fidelity/experiments/new.html",
        {"form": form, "before": before, "has_team": has_team},
    )


@access.record(Experiment, "editable_by", visible="visible_to", why=WHY, select=NAMES)
def edit(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """The plan, until it begins; from then on what happened and what is learned."""
    form: NotesForm | PlanTrialForm
    if experiment.begun_at is not None:
        form = NotesForm(request.POST or None, initial=notes_of(experiment))
    else:
        form = PlanTrialForm(request.POST or None, initial=plan_of(experiment))
    if form.is_valid():
        try:
            if isinstance(form, NotesForm):
                experiment.note(**form.cleaned_data)
            else:
                experiment.plan_anew(**form.cleaned_data)
        except (AlreadyBegun, NotUnderWay):
            messages.warning(
                request, _("It has begun or ended meanwhile, so this stays as it was written.")
            )
        else:
            messages.success(request, _("Saved."))
        return redirect(experiment)
    return page(request, "fidelity/experiments/edit.html", {"experiment": experiment, "form": form})


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What a chart or a tile chose already."""
    return {key: request.GET[key] for key in ("team", "series") if key in request.GET}
