"""Celebrations: what was said to me, what I said, and what my communities see."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.celebrations import ONLY_US, AnswerForm, CelebrationForm
from communities.models import Celebration, Community
from communities.models.reach import joined
from portal import access
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page

SHOWN = 30


@access.signed_in
def index(request: Request) -> HttpResponse:
    me = request.user.pk
    mine = _said_to(me)
    context = {
        "waiting": [each for each in mine if not each.is_answered],
        "mine": [each for each in mine if each.is_answered],
        "said": _said_by(me),
        "shown": _shown_to(me, joined(request.user), timezone.now()),
    }
    return page(request, "communities/celebrations/index.html", context)


@access.record(
    Community,
    "open_to_words_of",
    visible="visible_to",
    why=gettext_lazy("Only its members celebrate each other here, as long as it goes on."),
    select=("agency", "closure"),
)
def new(request: Request, community: Community) -> HttpResponse:
    """`?person=7` chooses whom beforehand."""
    form = CelebrationForm(
        request.POST or None,
        community=community,
        me=request.user,
        initial={"person": request.GET.get("person", "")},
    )
    if form.is_valid():
        Celebration.offer(community=community, by=request.user, **form.cleaned_data)
        words = _("%(name)s reads it now, and nobody else.")
        messages.success(request, words % {"name": form.cleaned_data["person"]})
        return redirect(community)
    context = {"form": form, "community": community}
    return page(request, "communities/celebrations/new.html", context)


@access.record(
    Celebration,
    "answerable_by",
    visible="visible_to",
    why=gettext_lazy("Only the person it is for chooses who sees it."),
    select=("by", "answer"),
)
def edit(request: Request, celebration: Celebration) -> HttpResponse:
    """Say who sees it, now and at any time later."""
    celebration.person = request.user  # of whom the request knows where they belong
    form = AnswerForm(
        request.POST or None,
        celebration=celebration,
        initial={"audience": celebration.audience or ONLY_US} if celebration.is_answered else None,
    )
    if form.is_valid():
        try:
            _answer(celebration, form, request)
        except ValidationError as refusal:  # one of the two left meanwhile
            form.add_error(None, refusal.messages[0])
        else:
            return redirect("communities:celebrations.index")
    context = {"form": form, "celebration": celebration}
    return page(request, "communities/celebrations/edit.html", context)


@access.record(
    Celebration,
    "removable_by",
    visible="visible_to",
    why=gettext_lazy("Only the two it is between can take it back."),
    select=("person", "by", "community__agency"),
)
def remove(request: Request, celebration: Celebration) -> HttpResponse:
    if request.method == "POST":
        celebration.take_back(by=request.user)
        messages.success(request, _("It is gone."))
        return redirect("communities:celebrations.index")
    return page(request, "communities/celebrations/remove.html", {"celebration": celebration})


def _answer(celebration: Celebration, form: AnswerForm, request: Request) -> None:
    if form.declines:
        celebration.decline(by=request.user)
        words = _("It is shown nowhere. Nobody is told that you declined.")
    else:
        celebration.agree(by=request.user, community=form.community)
        words = _("Done. You can change who sees it at any time.")
    messages.success(request, words)


@prepared
def _said_to(person: int) -> QuerySet[Any, Any]:
    return Celebration.objects.of(person).in_rows()[:SHOWN]


@prepared
def _said_by(person: int) -> QuerySet[Any, Any]:
    return Celebration.objects.said_by(person).in_rows()[:SHOWN]


@prepared
def _shown_to(person: int, communities: list[int], at: datetime) -> QuerySet[Any, Any]:
    shown = Celebration.objects.shown_in(*communities, at=at).in_words()
    return shown.exclude(Q(person=person) | Q(by=person))[:SHOWN]
