"""The rhythm in which a community meets: seen before it is saved, changed, ended."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.answers import next_answers
from communities.forms.series import SeriesForm
from communities.models import Community, HostTurn, Series, Session
from communities.planning import has_later, skipped_among
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page

PREVIEW = "communities/series/_preview.html"
AHEAD = 12
LOADED = ("community__agency", "community__closure", "host", "ending", "follows")


def is_sent(request: Request) -> bool:
    """Whether the form is to be saved, not only previewed."""
    return request.method == "POST" and "preview" not in request.POST


@access.record(Community, "hosted_by", visible="visible_to", why=RUN, select=("agency", "closure"))
def new(request: Request, community: Community) -> HttpResponse:
    form = SeriesForm(request.POST or None, community=community, planner=request.user)
    if is_sent(request) and form.is_valid():
        series = Series.begin(community=community, by=request.user, **form.of_series())
        messages.success(request, _("%(title)s is planned.") % {"title": series})
        return redirect(series)
    context = {"form": form, "community": community, "asked": form.is_bound}
    return page(request, "communities/series/new.html", context, fragment=PREVIEW)


@access.record(Series, "visible_to", select=LOADED)
def show(request: Request, series: Series) -> HttpResponse:
    runs = series.is_hosted_by(request.user)
    written = _coming(series.pk, timezone.now())
    sessions = written[:AHEAD]
    context = {
        "series": series,
        "runs": runs,
        "sessions": sessions,
        "more": len(written) > AHEAD or has_later(series, written),
        "skipped": skipped_among(series, sessions),
        "turns": _in_turn(series.pk),
        "following": series.followed_by.first(),
        "answers": next_answers(series, written, request.user, runs=runs),
    }
    return page(request, "communities/series/show.html", context)


@access.record(
    Series, "hosted_by", visible="visible_to", why=RUN, select=("community__agency", "ending")
)
def edit(request: Request, series: Series) -> HttpResponse:
    if series.is_ended:
        messages.error(request, _("This series has ended. Let it go on first."))
        return redirect(series)
    form = SeriesForm(
        request.POST or None, community=series.community, series=series, planner=request.user
    )
    if is_sent(request) and form.is_valid():
        series.change(by=request.user, **form.of_series())
        messages.success(request, _("%(title)s is changed.") % {"title": series})
        return redirect(series)
    context = {"form": form, "series": series, "asked": form.is_bound}
    return page(request, "communities/series/edit.html", context, fragment=PREVIEW)


@access.record(Series, "hosted_by", visible="visible_to", why=RUN, select=("community__agency",))
def remove(request: Request, series: Series) -> HttpResponse:
    if request.method == "POST":
        series.end(by=request.user)
        messages.success(request, _("%(title)s has ended.") % {"title": series})
        return redirect(series.community)
    to_come = series.sessions.standing().upcoming().count()
    return page(request, "communities/series/remove.html", {"series": series, "to_come": to_come})


@prepared
def _coming(series: int, at: datetime) -> QuerySet[Any, Any]:
    return Session.objects.filter(series=series).upcoming(at).in_rows()[: AHEAD + 1]


@prepared
def _in_turn(series: int) -> QuerySet[Any, Any]:
    turns = HostTurn.objects.filter(series=series)
    return turns.order_by("place").values("person__name")
