"""What a community's members share with it."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from communities.models import Community
from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.models import Reflection

A_PAGE = 30  # entries


@access.record(Community, "joined_by")
def show(request: Request, community: Community) -> HttpResponse:
    """Who shared what about which skill, and when. Its words only once it is opened, so that the
    author knows who read them."""
    shared = Reflection.objects.shared_with(community).select_related(
        "author", "principle", "phase", "skill"
    )
    entries = Paginator(shared, A_PAGE).get_page(request.GET.get("page"))
    context = {"community": community, "entries": entries}
    return page(request, "reflections/communities/show.html", context)
