"""Other agencies' communities that ours are part of."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.models import Span, SpanProposal
from communities.models.span import SpanQuerySet
from portal import access
from portal.agencies.access import agencies_of, holds
from portal.people.requests import Request
from portal.web.page import page

WHO = ("community__agency", "agency")


@holds("admin")
def index(request: Request) -> HttpResponse:
    """What waits for an admin's yes, and what they said yes to."""
    spans: SpanQuerySet = Span.objects.reaching(request.user)
    context = {
        "proposals": SpanProposal.objects.put_to(request.user).select_related(
            "community__agency", "by"
        ),
        "spans": spans.select_related(*WHO).order_by("community__name", "pk"),
    }
    return page(request, "communities/spans/index.html", context)


@access.record(Span, "administered_by", select=WHO)
def remove(request: Request, span: Span) -> HttpResponse:
    """An admin of either agency ends it."""
    ours = span.community.agency_id in agencies_of(request.user, "admin")
    if request.method == "POST":
        span.end(by=request.user)
        words = _("%(agency)s does not belong to %(community)s any more.")
        messages.success(request, words % {"agency": span.agency, "community": span.community})
        if ours:
            return redirect("communities:proposals.new", span.community_id)
        return redirect("communities:spans.index")
    context = {"span": span, "leaning": span.leaning(), "ours": ours}
    return page(request, "communities/spans/remove.html", context)
