"""What waits for a person's word: invitations, requests, agreements, celebrations, proposals. One
query."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Agreement, Celebration, Joining, SpanProposal
from communities.models.proposal import WAITS
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.prepared import prepared

SHOWN = 5


@dataclass(frozen=True)
class Asked:
    """One thing that waits, and where it is answered."""

    icon: str
    title: str
    url: str
    meta: str = ""


def waiting_for(person: User) -> list[Asked]:
    """The oldest first; nothing of it is urgent."""
    asked = [person.email, timezone.now() - WAITS] if agencies_of(person, "admin") else []
    return [_asked(*row) for row in _waiting(person, *asked)]


@prepared
def _waiting(person: User, *asked: Any) -> QuerySet[Any, Any]:
    """For an admin, with the address by which other agencies ask them, and since when."""
    rows = [
        _rows(Joining.objects.waiting_for(person), F("way"), F("person__name")),
        _rows(Agreement.objects.waiting_for(person), Value("agreement"), Value(""), F("community")),
        _rows(Celebration.objects.of(person).waiting(), Value("celebrated"), Value("")),
    ]
    if asked:
        email, since = asked
        proposals = SpanProposal.objects.asked_after(since).sent_to(email, person)
        rows.append(_rows(proposals, Value("proposal"), F("community__agency__name")))
    first, *others = rows
    return first.union(*others, all=True).order_by("since")[:SHOWN]


def _rows(things: QuerySet, kind: F | Value, name: F | Value, key: F | None = None) -> QuerySet:
    """(since, kind, key of its page, community, a name)."""
    return (
        things.order_by()
        .annotate(since=F("at"), what=_text(kind), named=_text(name), where=key or F("pk"))
        .values_list("since", "what", "where", "community__name", "named")
    )


def _text(value: F | Value) -> F | Value:
    return Value(value.value, output_field=CharField()) if isinstance(value, Value) else value


PAGES = {
    "invited": ("invite", _("You are invited to %(community)s"), "joinings.show"),
    "asked": ("person", _("%(name)s asks to join %(community)s"), "joinings.show"),
    "agreement": ("book", _("Read what %(community)s agreed on"), "agreements.index"),
    "celebrated": ("celebrate", _("Someone in %(community)s celebrates you"), "celebrations.edit"),
    "proposal": ("agency", _("%(name)s asks your agency to join %(community)s"), "proposals.edit"),
}
META = {
    "invited": _("Yes or no is fine."),
    "agreement": _("It asks for your yes."),
    "celebrated": _("You choose who sees it."),
}


def _asked(_since: object, kind: str, key: int, community: str, name: str) -> Asked:
    icon, title, page = PAGES[kind]
    words = str(title) % {"community": community, "name": name}
    return Asked(icon, words, reverse(f"communities:{page}", args=[key]), str(META.get(kind, "")))
