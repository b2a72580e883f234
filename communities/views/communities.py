"""A community: those I belong to, one, a new one, and what it is about."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.belonging import belonging_of, members_in
from communities.exchange import glance
from communities.forms.communities import CommunityForm
from communities.models import Community, HostTurn, Series, Session
from communities.models.community import CommunityQuerySet
from communities.panels import panels_for
from portal import access
from portal.agencies.access import has_role, holds
from portal.agencies.models import holds_at
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page

RUN = gettext_lazy("Only its hosts and the admins of its agency can do this.")
NEXT_SESSIONS = 5
A_FEW = 8  # members, before one asks for all: a phone scrolls past them


@access.collection(Community, "visible_to", "communities")
def index(request: Request, communities: CommunityQuerySet) -> HttpResponse:
    coming = Session.objects.standing().upcoming().filter(series__community=OuterRef("pk"))
    current = holds_at(prefix="memberships__")
    communities = (
        communities.standing()
        .select_related("agency")
        .annotate(
            next_at=Subquery(coming.values("starts_at")[:1]),
            people=Count("memberships__person", filter=current, distinct=True),
            mine=Count("memberships", filter=current & Q(memberships__person=request.user)),
        )
        .order_by("-mine", "name", "pk")
    )
    context = {"communities": communities, "may_found": has_role(request.user, "admin")}
    return page(request, "communities/communities/index.html", context)


@access.record(Community, "visible_to", select=("closure",))
def show(request: Request, community: Community) -> HttpResponse:
    roll, now = community.roll(), timezone.now()
    series = _series_of(community.pk, now)
    shown = roll if request.GET.get("members") == "all" else roll[:A_FEW]
    context = {
        "community": community,
        "runs": community.is_hosted_by(request.user),
        "members": members_in(community, shown),
        "number_of_members": len(roll),
        "more_members": len(roll) > len(shown),
        "series": series,
        "belonging": belonging_of(community, request.user, roll, series),
        "sessions": _next_sessions_of(community.pk, now),
        "focus": community.focus(),
        "administers": community.is_administered_by(request.user),
        "panels": panels_for(community, request.user),
        "glance": glance(community),
    }
    return page(request, "communities/communities/show.html", context)


@holds("admin")
def new(request: Request) -> HttpResponse:
    form = CommunityForm(request.POST or None, person=request.user)
    if form.is_valid():
        community = Community.found(by=request.user, **form.cleaned_data)
        messages.success(
            request, _("%(name)s is set up. Now choose who joins.") % {"name": community}
        )
        return redirect("communities:memberships.new", pk=community.pk)
    return page(request, "communities/communities/new.html", {"form": form})


@access.record(Community, "hosted_by", visible="visible_to", why=RUN)
def edit(request: Request, community: Community) -> HttpResponse:
    form = CommunityForm(request.POST or None, instance=community, person=request.user)
    if form.is_valid():
        try:
            community.change(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(community)
    return page(
        request, "communities/communities/edit.html", {"form": form, "community": community}
    )


@prepared
def _series_of(community: int, at: datetime) -> QuerySet[Any, Any]:
    running = Series.objects.filter(community=community).going_on(at)
    turns = HostTurn.objects.filter(series=OuterRef("pk"))
    return running.annotate(host_name=F("host__name"), in_turn=Exists(turns))


@prepared
def _next_sessions_of(community: int, at: datetime) -> QuerySet[Any, Any]:
    return (
        Session.objects.filter(series__community=community).upcoming(at).in_rows()[:NEXT_SESSIONS]
    )
