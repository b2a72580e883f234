"""Hours in sessions, by period: one's own, and those of people one answers for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from communities.forms.hours import PeriodForm
from communities.hours import hours_of, overseen_from, people_overseen
from communities.models import Certificate
from portal import access
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def index(request: Request) -> HttpResponse:
    """My own."""
    form = PeriodForm.asked(request.GET, timezone.localdate())
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context["hours"] = hours_of(request.user, **form.cleaned_data)
    before, _zero, after = reverse("communities:hours.show", args=[0]).partition("/0/")
    people = people_overseen(request.user)  # an agency has hundreds
    context["overseen"] = [(f"{before}/{pk}/{after}", name) for pk, name in people]
    context["certificates"] = Certificate.objects.issued_to(request.user)[:10]
    return page(request, "communities/hours/index.html", context)


def _admit(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := access.signed_in.admit(request, kwargs):
        return answer
    person = User.objects.filter(pk=kwargs.pop("pk")).first()
    agencies = overseen_from(request.user, person) if person else []  # type: ignore[arg-type]  # signed in
    if not agencies:
        raise Http404
    kwargs |= {"person": person, "agencies": agencies}
    return None


@access.Rule("Hours, overseen_from", _admit)
def show(request: Request, person: User, agencies: list[int]) -> HttpResponse:
    """Somebody's, as far as my agency's communities go."""
    form = PeriodForm.asked(request.GET, timezone.localdate())
    context: dict[str, Any] = {"form": form, "person": person}
    if form.is_valid():
        context["hours"] = hours_of(person, **form.cleaned_data, seen_from=agencies)
    return page(request, "communities/hours/show.html", context)
