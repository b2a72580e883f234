"""Communities that I may ask to join, and how my wishes stand."""

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse

from communities.models import Community, Joining
from communities.models.community import CommunityQuerySet
from portal import access
from portal.agencies.models import holds_at
from portal.people.requests import Request
from portal.web.page import page

PAST = 10


@access.collection(Community, "open_to", "communities")
def index(request: Request, communities: CommunityQuerySet) -> HttpResponse:
    """Names and purposes. Who belongs to them is for their members."""
    mine = Joining.objects.filter(person=request.user)
    waiting = mine.open().filter(community=OuterRef("pk"))
    people = Count("memberships__person", filter=holds_at(prefix="memberships__"), distinct=True)
    context = {
        "communities": communities.select_related("agency")
        .annotate(people=people, waits=Subquery(waiting.values("way")[:1]))
        .order_by("name", "pk"),
        "joinings": mine.select_related("community")[:PAST],
    }
    return page(request, "communities/directory/index.html", context)
