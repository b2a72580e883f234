"""Closing a community, finding it again, opening it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forms.communities import ClosureForm
from communities.models import Community
from communities.models.community import CommunityQuerySet
from portal import access
from portal.agencies.access import agencies_of
from portal.people.requests import Request
from portal.web.page import page


@access.collection(Community, "visible_to", "communities")
def index(request: Request, communities: CommunityQuerySet) -> HttpResponse:
    """The archive: closed communities that I belonged to when they closed, or administer."""
    closed = communities.exclude(closure=None).select_related("closure", "agency")
    context = {
        "communities": closed.order_by("-closure__at", "name", "pk"),
        "administered": agencies_of(request.user, "admin"),
    }
    return page(request, "communities/closures/index.html", context)


@access.record(
    Community,
    "administered_by",
    visible="visible_to",
    why=gettext_lazy("Only the admins of its agency can close it."),
    select=("agency",),
)
def new(request: Request, community: Community) -> HttpResponse:
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        community.close(by=request.user, **form.cleaned_data)
        return redirect(community)
    return page(request, "communities/closures/new.html", {"form": form, "community": community})


@access.record(
    Community,
    "administered_by",
    visible="visible_to",
    why=gettext_lazy("Only the admins of its agency can open it again."),
    select=("agency", "closure"),
)
def remove(request: Request, community: Community) -> HttpResponse:
    """Open it again. One that is open leads to its page."""
    if not community.is_closed:
        return redirect(community)
    if request.method == "POST":
        resumed = community.reopen(by=request.user)
        words = _("%(name)s is open again.") % {"name": community}
        if resumed:
            words += " " + ngettext("%(n)d series goes on.", "%(n)d series go on.", resumed) % {
                "n": resumed
            }
        messages.success(request, words)
        return redirect(community)
    context = {"community": community, "resumes": community.closure.resumes_series()}
    return page(request, "communities/closures/remove.html", context)
