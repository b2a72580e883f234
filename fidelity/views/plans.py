"""Sampling plans: those of the agency, one with what was attained, making, changing, ending one."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.models import SamplingPlan
from fidelity.models.recording import READERS
from fidelity.models.sampling_plan import PlanQuerySet
from fidelity.plan_forms import PlanForm
from fidelity.plans import lines_of, progress_of
from portal import access
from portal.agencies.access import agencies_of, holds
from portal.agencies.models import Agency, Role
from portal.audit.events import record
from portal.people.models import User
from portal.web.page import page

SHOWN = 50
NAMES = ("version__instrument", "agency", "made_by")
WHY = gettext_lazy("A running plan is changed by whoever made it, or by an admin.")


@access.collection(SamplingPlan, "visible_to", "plans")
def index(request: HttpRequest, plans: PlanQuerySet) -> HttpResponse:
    assert isinstance(request.user, User)
    shown = list(plans.select_related("version__instrument")[:SHOWN])
    progress = progress_of(shown)
    return page(
        request,
        "fidelity/plans/index.html",
        {
            "plans": [(plan, progress[plan.pk]) for plan in shown],
            "can_make": bool(agencies_of(request.user, *READERS)),
        },
    )


@access.record(SamplingPlan, "visible_to", "plan", select=NAMES)
def show(request: HttpRequest, plan: SamplingPlan) -> HttpResponse:
    assert isinstance(request.user, User)
    lines, waiting = lines_of(plan)
    admin = plan.agency_id in agencies_of(request.user, Role.ADMIN)
    return page(
        request,
        "fidelity/plans/show.html",
        {
            "plan": plan,
            "progress": progress_of([plan])[plan.pk],
            "lines": lines,
            "waiting": waiting,
            "can_change": plan.ended_at is None and (admin or plan.made_by == request.user),
        },
    )


@holds(*READERS)
def new(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    agency = Agency.objects.get(pk=agencies_of(request.user, *READERS)[0])
    plan = SamplingPlan(agency=agency, made_by=request.user)
    form = PlanForm(request.POST or None, instance=plan, by=request.user, agency=agency)
    if form.is_valid():
        with transaction.atomic():
            made = form.save()
            record("plan.made", on=made, by=request.user)
        return redirect("fidelity:assignments.new", pk=made.pk)
    return page(request, "fidelity/plans/new.html", {"form": form, "agency": agency})


@access.record(
    SamplingPlan, "editable_by", "plan", visible="visible_to", why=WHY, select=("agency",)
)
def edit(request: HttpRequest, plan: SamplingPlan) -> HttpResponse:
    assert isinstance(request.user, User)
    form = PlanForm(request.POST or None, instance=plan, by=request.user, agency=plan.agency)
    if form.is_valid():
        form.save()
        messages.success(request, _("The plan is changed. Assignments that were made stay."))
        return redirect(plan)
    return page(request, "fidelity/plans/edit.html", {"form": form, "plan": plan})


@access.record(
    SamplingPlan, "editable_by", "plan", visible="visible_to", why=WHY, select=("agency",)
)
def remove(request: HttpRequest, plan: SamplingPlan) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST":
        plan.end(by=request.user)
        messages.success(request, _("The plan has ended. What was begun can still be finished."))
        return redirect(plan)
    return page(request, "fidelity/plans/remove.html", {"plan": plan})
