"""Someone leaves: what will end and what is handed over is shown before it is done."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.agencies.access import administers_person
from portal.agencies.forms import DepartureForm
from portal.agencies.models import Agency, Departure
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page


@administers_person.writing_on_get()
def new(request: Request, agency: Agency, person: User) -> HttpResponse:
    """By GET with a choice made, what would change: the act, taken back. By POST, the act."""
    given = request.POST or (request.GET if "show" in request.GET else None)
    form = DepartureForm(agency, person, given)
    context: dict[str, Any] = {"agency": agency, "person": person, "form": form}
    if not form.is_valid():
        return page(request, "agencies/departures/new.html", context)
    successor = form.cleaned_data["hand_over_to"]
    at = _end_of(form.cleaned_data["last_day"], agency)
    try:
        if request.method == "POST":
            departure = agency.departs(person, by=request.user, hand_over_to=successor, at=at)
            done = departure.carried_out_at is not None
            words = (
                _("%(person)s has left. All that was theirs here has ended or is handed over.")
                if done
                else _("The departure of %(person)s is planned.")
            )
            messages.success(request, words % {"person": person})
            return redirect("agencies:people.show", agency.pk, person.pk)
        rehearsed = agency.departures.rehearse(
            agency, person, by=request.user, hand_over_to=successor, at=at
        )
        context["outcome"] = rehearsed
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
    return page(request, "agencies/departures/new.html", context)


@access.record(Departure, "administered_by", select=("agency", "person"))
def remove(request: Request, departure: Departure) -> HttpResponse:
    """Call a planned departure off."""
    if request.method == "POST":
        departure.call_off(by=request.user)
        messages.success(request, _("Called off: they are staying."))
        return redirect("agencies:people.show", departure.agency_id, departure.person_id)
    context = {"agency": departure.agency, "departure": departure}
    return page(request, "agencies/departures/remove.html", context)


def _end_of(last_day: date | None, agency: Agency) -> datetime | None:
    """The midnight that ends a day at the agency; None, which is now, without one."""
    return agency.midnight(last_day + timedelta(days=1)) if last_day else None
