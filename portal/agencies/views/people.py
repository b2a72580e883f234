"""The people of an agency, as its admins see them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.utils import timezone

from portal.agencies.access import administers, administers_person
from portal.agencies.models import Agency, Role, Supervision
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page

A_PAGE = 50


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    """Who works here; by name or address, by role, or those who left."""
    words, role = (
        request.GET.get("q", "").replace("\x00", "").strip()[:100],
        request.GET.get("role", ""),
    )
    left = request.GET.get("left") == "1"
    people = agency.everyone_ever().exclude(pk__in=agency.people()) if left else agency.people()
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role in Role.values:
        holding = agency.positions.not_over().filter(role=role)
        people = people.filter(pk__in=holding.values("person"))
    positions = agency.positions.order_by("since") if left else agency.positions.not_over()
    supervised = Supervision.objects.current().filter(agency=agency).select_related("supervisor")
    here: list[Any] = [
        Prefetch("positions", positions.select_related("agency"), to_attr="here"),
        Prefetch("supervised", supervised, to_attr="supervised_here"),
    ]
    people = people.order_by("name", "email").prefetch_related(*here)
    context = {
        "agency": agency,
        "people": Paginator(people, A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "role": role,
        "roles": Role.choices,
        "left": left,
        "invited": agency.invitations.standing().count(),
    }
    return page(request, "agencies/people/index.html", context)


@administers_person
def show(request: Request, agency: Agency, person: User) -> HttpResponse:
    """One person's positions and supervision here, and what can be done about them."""
    now = timezone.now()
    positions = list(
        person.positions.filter(agency=agency).select_related("agency").order_by("-since")
    )
    relations = list(
        agency.supervisions.filter(Q(supervisor=person) | Q(supervisee=person))
        .select_related("agency", "supervisor", "supervisee")
        .order_by("-since")
    )
    context = {
        "agency": agency,
        "person": person,
        "positions": [p for p in positions if p.until is None or p.until > now],
        "former": [p for p in positions if p.until is not None and p.until <= now],
        "relations": [r for r in relations if r.until is None or r.until > now],
        "departures": agency.departures.filter(person=person).order_by("-at"),
        "planned": agency.departures.planned().filter(person=person).first(),
        "works_here": any(p.until is None or p.until > now for p in positions),
        "now": now,
    }
    return page(request, "agencies/people/show.html", context)
