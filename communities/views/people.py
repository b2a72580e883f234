"""A member's page inside a community: their name, and what they agreed to show there."""

from django.http import HttpResponse

from communities.fellows import fellow
from communities.models import Celebration, Community, Membership
from portal.people.requests import Request
from portal.web.page import page

SHOWN = 30


@fellow
def show(request: Request, community: Community, membership: Membership) -> HttpResponse:
    person = membership.person
    shown = Celebration.objects.shown_in(community.pk).filter(person=person)
    context = {
        "community": community,
        "membership": membership,
        "person": person,
        "celebrations": shown.select_related("by")[:SHOWN],
        "myself": person.pk == request.user.pk,
        "may_celebrate": community.is_joined_by(request.user) and not community.is_closed,
    }
    return page(request, "communities/people/show.html", context)
