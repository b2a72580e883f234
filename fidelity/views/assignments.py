"""Assignments of a plan: shown before they are made, and begun by their reviewer."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fidelity.models import ConsentMissing, Review, SamplingPlan
from fidelity.plan_forms import BeginForm
from fidelity.plans import mark_of, named
from fidelity.views.plans import NAMES, WHY
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(SamplingPlan, "editable_by", "plan", visible="visible_to", why=WHY, select=NAMES)
def new(request: HttpRequest, plan: SamplingPlan) -> HttpResponse:
    assert isinstance(request.user, User)
    with transaction.atomic():
        runs = plan.lock() if request.method == "POST" else True
        proposal = plan.proposal()
        seen = mark_of(proposal)
        if request.method == "POST" and runs and request.POST.get("seen") == seen:
            made = len(plan.assign(proposal, by=request.user))
            words = ngettext(
                "%(n)s review is assigned. Its reviewer finds it under Today.",
                "%(n)s reviews are assigned. Their reviewers find them under Today.",
                made,
            )
            messages.success(request, words % {"n": made})
            return redirect(plan)
    if request.method == "POST":
        messages.warning(request, _("Something changed meanwhile. Look at this again."))
    return page(
        request,
        "fidelity/assignments/new.html",
        {
            "plan": plan,
            "proposal": named(proposal),
            "makes": sum(each.reviewer is not None for each in proposal),
            "nobody": sum(each.reviewer is None for each in proposal),
            "seen": seen,
        },
    )


@access.record(Review, "assigned_to", select=("version__instrument", "subject", "recording"))
def edit(request: HttpRequest, review: Review) -> HttpResponse:
    form = BeginForm(request.POST or None)
    if form.is_valid():
        try:
            review.begin(**form.cleaned_data)
        except ConsentMissing as missing:
            form.add_error(None, missing.words)
        else:
            return redirect("fidelity:reviews.edit", pk=review.pk)
    return page(request, "fidelity/assignments/edit.html", {"review": review, "form": form})
