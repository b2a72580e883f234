"""What members leave for each other in a community: files and links."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.finder import Finder, about_filters
from communities.forms.exchange import FinderForm
from communities.forms.resources import NewResourceForm, ResourceForm
from communities.models import Community, Resource
from communities.removing import removal
from communities.views.posts import HOSTS
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(Community, "visible_to", select=("closure",))
def index(request: Request, community: Community) -> HttpResponse:
    finder = Finder(request.GET, about_filters())
    rows = Resource.objects.standing().filter(community=community).select_related("by")
    context = {
        "community": community,
        "finder": finder,
        "find": FinderForm(finder),
        "found": finder.find(rows, title="title", text=["description"]),
        "may_share": community.is_joined_by(request.user) and not community.is_closed,
        "runs": community.is_hosted_by(request.user),
    }
    return page(request, "communities/resources/index.html", context)


@access.record(
    Community,
    "open_to_words_of",
    visible="visible_to",
    why=gettext_lazy("Only its members share here, as long as it goes on."),
    select=("agency", "closure"),
)
def new(request: Request, community: Community) -> HttpResponse:
    form = NewResourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        resource = Resource.share(community=community, by=request.user, **form.resource())
        messages.success(request, _("Your community finds it here now."))
        return redirect(resource)
    context = {"form": form, "community": community, "largest": settings.LARGEST_FILE}
    return page(request, "communities/resources/new.html", context)


@access.record(
    Resource,
    "editable_by",
    visible="visible_to",
    why=gettext_lazy("Only whoever shared it can change it."),
    select=("community__agency",),
)
def edit(request: Request, resource: Resource) -> HttpResponse:
    form = ResourceForm(request.POST or None, instance=resource)
    if form.is_valid():
        resource.change(by=request.user, **form.cleaned_data)
        return redirect(resource)
    return page(request, "communities/resources/edit.html", {"form": form, "resource": resource})


@access.record(
    Resource, "removable_by", visible="visible_to", why=HOSTS,
    select=("by", "community__agency", "removal"),
)  # fmt: skip
def remove(request: Request, resource: Resource) -> HttpResponse:
    return removal(request, "communities/resources/remove.html", resource)
