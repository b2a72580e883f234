"""My sessions in my own calendar, by a secret address that I can end."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags

from communities.calendar.reading import Reading
from communities.forms.calendars import FeedForm
from communities.models import CommunityFeed
from portal import access
from portal.agencies.models.standing import positions_held, remember_positions
from portal.people.models import FeedToken
from portal.people.models.feed_token import digest_of, the_one
from portal.people.once import begin
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page


@access.signed_in
def new(request: Request) -> HttpResponse:
    """Make an address. It is shown once: only its hash is kept."""
    address = ""
    form = FeedForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        address = _address(CommunityFeed.issue(request.user, form.cleaned_data["community"]))
    standing = FeedToken.objects.held_by(request.user).select_related("narrowed__community")
    context = {
        "form": form,
        "address": address,
        "standing": standing.order_by("-created_at", "-pk"),
        "invited": hasattr(request.user, "calendar_wish"),
    }
    return page(request, "communities/feeds/new.html", context)


@access.record(FeedToken, "held_by", name="token", select=("narrowed__community",))
def remove(request: Request, token: FeedToken) -> HttpResponse:
    """End one address of mine."""
    if request.method == "POST":
        FeedToken.objects.filter(pk=token.pk).revoke()
        return redirect("communities:feeds.new")
    return page(request, "communities/feeds/remove.html", {"token": token})


@access.public
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The feed, with the rights that its person has now. It works without a session."""
    opened = the_one(_tokens(digest_of(token)), token)
    if opened is None:
        raise Http404
    begin(opened.person)  # nobody is signed in: the request is this person's
    remember_positions(opened.person, opened.positions)  # type: ignore[attr-defined]  # below
    narrowed = opened.narrowed.community if hasattr(opened, "narrowed") else None
    reading = Reading(opened.person, narrowed)
    tag = reading.tag()
    # A proxy that compresses marks the tag as weak; it is the same feed all the same.
    had = {
        each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))
    }
    if tag in had:
        response: HttpResponse = HttpResponseNotModified()
    else:
        body = reading.feed(timezone.now())
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="trellis.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


@prepared
def _tokens(digest: str) -> QuerySet[FeedToken]:
    """With what a feed needs of its person, and the community that it is narrowed to."""
    known = FeedToken.objects.kept_as(digest).select_related("narrowed__community")
    known = known.only("digest", "person__language", "narrowed__community__name")
    return known.annotate(positions=positions_held("person"))


def _address(token: str) -> str:
    return settings.PUBLIC_URL + reverse("communities:feeds.show", args=[token])
