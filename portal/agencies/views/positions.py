"""Positions: one's own, and what admins begin and end."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.agencies.access import administers_person, positions_of
from portal.agencies.forms import LastDayForm, PositionForm
from portal.agencies.models import Agency, Position, Supervision
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def index(request: Request) -> HttpResponse:
    """Where I work, as what, and who supervises me."""
    me = request.user
    relations = Supervision.objects.current().select_related("agency", "supervisor", "supervisee")
    context = {
        "positions": positions_of(me),
        "coming": me.positions.not_over()
        .exclude(pk__in=[position.pk for position in positions_of(me)])
        .select_related("agency"),
        "supervised": relations.filter(supervisee=me),
        "supervising": relations.filter(supervisor=me).order_by("supervisee__name"),
        "run": [p.agency for p in positions_of(me) if p.role == "admin"],
    }
    return page(request, "agencies/positions/index.html", context)


@administers_person
def new(request: Request, agency: Agency, person: User) -> HttpResponse:
    form = PositionForm(agency, request.POST or None)
    if form.is_valid():
        last = form.cleaned_data["last_day"]
        try:
            Position.objects.begin(
                person,
                agency,
                form.cleaned_data["role"],
                since=agency.midnight(form.cleaned_data["first_day"]),
                until=agency.midnight(last + timedelta(days=1)) if last else None,
                by=request.user,
            )
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("The role is theirs."))
            return redirect("agencies:people.show", agency.pk, person.pk)
    context = {"agency": agency, "person": person, "form": form}
    return page(request, "agencies/positions/new.html", context)


@access.record(Position, "administered_by", select=("agency", "person"))
def edit(request: Request, position: Position) -> HttpResponse:
    """Choose the last day, or take it back."""
    agency, person = position.agency, position.person
    form = LastDayForm(
        position.first_day, request.POST or None, initial={"last_day": position.last_day}
    )
    if form.is_valid():
        last = form.cleaned_data["last_day"]
        try:
            position.last_until(
                agency.midnight(last + timedelta(days=1)) if last else None, by=request.user
            )
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("agencies:people.show", agency.pk, person.pk)
    context = {"agency": agency, "person": person, "position": position, "form": form}
    return page(request, "agencies/positions/edit.html", context)
