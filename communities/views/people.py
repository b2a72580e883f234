"""A member's page inside a community: their name, and what they agreed to show there."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from communities.fellows import fellow
from communities.models import Celebration, Community, Membership
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page

SHOWN = 30


@fellow
def show(request: Request, community: Community, membership: Membership) -> HttpResponse:
    person = membership.person
    context = {
        "community": community,
        "membership": membership,
        "person": person,
        "celebrations": _shown_of(person.pk, community.pk, timezone.now()),
        "myself": person.pk == request.user.pk,
        "may_celebrate": community.is_joined_by(request.user) and not community.is_closed,
    }
    return page(request, "communities/people/show.html", context)


@prepared
def _shown_of(person: int, community: int, at: datetime) -> QuerySet[Any, Any]:
    return Celebration.objects.shown_in(community, at=at).filter(person=person).in_words()[:SHOWN]
