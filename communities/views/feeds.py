"""My sessions in my own calendar, by a secret address that I can end."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import override

from communities.calendar import feed, tag_of
from communities.models import Community, Session
from portal import access
from portal.people.models import FeedToken
from portal.people.requests import Request
from portal.web.page import page

KEPT = timedelta(days=365)  # how far back a feed reaches


@access.signed_in
def new(request: Request) -> HttpResponse:
    """Make an address. It is shown once: only its hash is kept."""
    address = ""
    if request.method == "POST":
        token = FeedToken.issue(request.user)
        address = settings.PUBLIC_URL + reverse("communities:feeds.show", args=[token])
    standing = request.user.feed_tokens.standing()
    return page(request, "communities/feeds/new.html", {"address": address, "standing": standing})


@access.signed_in
def remove(request: Request) -> HttpResponse:
    """End every address I made."""
    if request.method == "POST":
        request.user.feed_tokens.revoke()
        return redirect("communities:feeds.new")
    return page(request, "communities/feeds/remove.html")


@access.public
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The feed, with the rights that its person has now. It works without a session."""
    person = FeedToken.objects.person_of(token)
    if person is None:
        raise Http404
    joined = Community.objects.joined_by(person)
    sessions = Session.objects.filter(
        series__community__in=joined, ends_at__gte=timezone.now() - KEPT
    )
    facts = sessions.aggregate(Count("pk"), Max("pk"), Max("changed_at"), Max("series__changed_at"))
    named = joined.order_by("pk").values_list("pk", "name")
    tag = tag_of([person.language, *facts.values(), *named])
    # A proxy that compresses marks the tag as weak; it is the same feed all the same.
    had = {
        each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))
    }
    if tag in had:
        response: HttpResponse = HttpResponseNotModified()
    else:
        with override(person.language):
            body = feed(
                sessions.select_related("series__community", "cancellation"),
                name=_("Learning communities"),
                address=settings.PUBLIC_URL,
                host=settings.PUBLIC_HOST,
            )
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="trellis.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response
