"""Recurring reminders of the groups one runs: in plain words, with their next times."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.routines import RoutineForm, groups_of
from communities.models import Routine
from communities.models.routine import RoutineQuerySet
from communities.routine_times import times_of
from communities.routines import named_of, offered
from communities.views.series import is_sent
from portal import access
from portal.agencies.models.standing import roles_of
from portal.people.models import User
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page

PREVIEW = "communities/routines/_preview.html"
LOADED = ("agency", "community__closure", "team_of", "made_by")
RUN = gettext_lazy("Whoever runs the group sets its reminders: a host, a supervisor, an admin.")
runs_a_group = access.when("runs a group", lambda person: bool(groups_of(person)), why=RUN)


@access.collection(Routine, "visible_to", "routines")
def index(request: Request, routines: RoutineQuerySet) -> HttpResponse:
    """Those I run, and those that reach me."""
    standing = routines.standing().filter(kind__in=list(offered())).in_words()
    run = set(Routine.objects.run_by(request.user).values_list("pk", flat=True))
    rows = list(standing.order_by("agency__name", "community__name", "team_of__name", "kind"))
    context = {
        "run": [each for each in rows if each.pk in run],
        "reaching": [
            each
            for each in rows
            if each.pk not in run and (not each.roles or {*each.roles} & {*roles_of(request.user)})
        ],
        "may_begin": bool(groups_of(request.user)),
    }
    return page(request, "communities/routines/index.html", context)


@runs_a_group
def new(request: Request) -> HttpResponse:
    form = RoutineForm(request.POST or None, person=request.user, chosen=request.GET.get("for", ""))
    if is_sent(request) and form.is_valid():
        routine = Routine.begin(by=request.user, **form.columns())
        messages.success(request, _("It is set up."))
        return redirect(routine)
    context = {"form": form, "asked": form.is_bound}
    return page(request, "communities/routines/new.html", context, fragment=PREVIEW)


@access.record(Routine, "visible_to", select=LOADED)
def show(request: Request, routine: Routine) -> HttpResponse:
    now = timezone.now()
    runs = bool(_run_by(request.user, routine.pk))
    zone = routine.time_zone or request.user.time_zone
    context: dict[str, Any] = {"routine": routine, "runs": runs, "zone": zone}
    if routine.speaks() and not routine.lost_its_clock:
        context["times"] = times_of(
            routine.recurrence(zone),
            now,
            snoozed_until=routine.snoozed_until,
            skipped=routine.skipped,
        )
    if runs and not routine.is_over:
        context["count"], context["people"] = named_of(routine, now)
    return page(request, "communities/routines/show.html", context)


@prepared
def _run_by(person: User, routine: int) -> QuerySet[Any, Any]:
    return Routine.objects.run_by(person).filter(pk=routine).values_list("pk")


@access.record(Routine, "run_by", visible="visible_to", why=RUN, select=LOADED)
def edit(request: Request, routine: Routine) -> HttpResponse:
    if routine.is_over:
        messages.error(request, _("This reminder has ended. Set up another."))
        return redirect(routine)
    form = RoutineForm(request.POST or None, person=request.user, routine=routine)
    if is_sent(request) and form.is_valid():
        routine.change(by=request.user, **form.columns())
        messages.success(request, _("It is changed."))
        return redirect(routine)
    context = {"form": form, "routine": routine, "asked": form.is_bound}
    return page(request, "communities/routines/edit.html", context, fragment=PREVIEW)


@access.record(Routine, "run_by", visible="visible_to", why=RUN, select=LOADED)
def remove(request: Request, routine: Routine) -> HttpResponse:
    if request.method == "POST":
        routine.end(by=request.user)
        messages.success(request, _("It has ended."))
        return redirect("communities:routines.index")
    return page(request, "communities/routines/remove.html", {"routine": routine})
