"""A roster: uploaded, looked at, then carried out or left. Nothing is half-done."""

from typing import Any

from django.contrib import messages
from django.db.utils import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import access
from portal.agencies.access import administers
from portal.agencies.forms import RosterForm
from portal.agencies.models import Agency, Roster
from portal.agencies.models.roster import KEPT_FOR, kept
from portal.agencies.roster.carry_out import import_now, plan_of
from portal.agencies.roster.plan import Plan, Planner
from portal.agencies.roster.reading import COLUMNS, NEEDED, read
from portal.people.background import after_commit
from portal.people.requests import Request
from portal.web.page import page

IN_A_PAGE = 2000  # rows that are carried out while the admin waits; a worker does more
SHOWN = 100  # problems or changes on a page; the rest is a number


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    """What a roster is, with a sample, the export and the way in."""
    return _shown(request, agency, RosterForm())


@administers
def new(request: Request, agency: Agency) -> HttpResponse:
    """Read the file; without problems it waits for a yes."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _shown(request, agency, form)
    reading = read(form.cleaned_data["file"].read())
    problems = reading.problems or Planner(agency, reading.rows).make().problems
    if problems:
        return _shown(request, agency, form, problems=problems[:SHOWN], total=len(problems))
    now = timezone.now()
    roster = Roster.objects.create(
        agency=agency,
        by=request.user,
        rows=[kept(row) for row in reading.rows],
        not_read=reading.not_read,
        uploaded_at=now,
        expires_at=now + KEPT_FOR,
    )
    return redirect(roster)


@access.record(Roster, "administered_by", select=("agency",))
def show(request: Request, roster: Roster) -> HttpResponse:
    """By GET what would change now; by POST the change."""
    if request.method == "POST":
        return _carry_out(request, roster)
    return _preview(request, roster, plan_of(roster))


@access.record(Roster, "administered_by", select=("agency",))
def remove(request: Request, roster: Roster) -> HttpResponse:
    """Leave it: nothing has changed yet."""
    if request.method == "POST":
        roster.delete()
        messages.success(request, _("Discarded: nothing has changed."))
        return redirect("agencies:rosters.index", roster.agency_id)
    context = {"agency": roster.agency, "roster": roster}
    return page(request, "agencies/rosters/remove.html", context)


def _carry_out(request: Request, roster: Roster) -> HttpResponse:
    if len(roster.rows) > IN_A_PAGE:
        Roster.objects.filter(pk=roster.pk).update(confirmed_at=timezone.now())
        after_commit("portal.agencies.tasks.import_rosters")
        messages.success(
            request,
            _(
                "The roster is being imported. That takes a few minutes; "
                "until it is done it stands under “Roster”."
            ),
        )
        return redirect("agencies:people.index", roster.agency_id)
    try:
        plan = import_now(roster)
    except IntegrityError:
        messages.error(
            request, _("Someone changed these people in the meantime. Look at it again.")
        )
        return redirect("agencies:rosters.index", roster.agency_id)
    if plan is None:
        return redirect("agencies:people.index", roster.agency_id)
    if plan.problems:
        return _preview(request, roster, plan)
    words = _("Imported: %(new)d new, %(changed)d changed, %(same)d as they were.")
    counts = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.unchanged}
    messages.success(request, words % counts)
    return redirect("agencies:people.index", roster.agency_id)


def _preview(request: Request, roster: Roster, plan: Plan) -> HttpResponse:
    context = {
        "agency": roster.agency,
        "roster": roster,
        "plan": plan,
        "new": plan.new[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "problems": plan.problems[:SHOWN],
        "total": len(plan.problems),
        "shown": SHOWN,
    }
    status = 422 if plan.problems else 200
    return page(request, "agencies/rosters/show.html", context, status=status)


def _shown(request: Request, agency: Agency, form: RosterForm, **more: Any) -> HttpResponse:
    context = {"agency": agency, "form": form, "columns": COLUMNS, "needed": NEEDED} | more
    context["waiting"] = Roster.objects.waiting_of(request.user, agency)
    status = 422 if more.get("problems") else None
    return page(request, "agencies/rosters/index.html", context, status=status)
