"""Celebrations: what was said to me, what I said, and what my communities see."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.celebrations import ONLY_US, AnswerForm, CelebrationForm
from communities.models import Celebration, Community
from communities.models.celebration import CelebrationQuerySet
from communities.models.reach import joined
from portal import access
from portal.people.requests import Request
from portal.web.page import page

SHOWN = 30
WITH = ("person", "by", "community", "answer__community")


@access.collection(Celebration, "of", "celebrations")
def index(request: Request, celebrations: CelebrationQuerySet) -> HttpResponse:
    mine = list(celebrations.in_rows()[:SHOWN])
    shown = Celebration.objects.shown_in(*joined(request.user))
    context = {
        "waiting": [each for each in mine if not each.is_answered],
        "mine": [each for each in mine if each.is_answered],
        "said": Celebration.objects.said_by(request.user).in_rows()[:SHOWN],
        "shown": shown.exclude(Q(person=request.user) | Q(by=request.user)).in_rows()[:SHOWN],
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
    why=gettext_lazy("Only the one it is for says who sees it."),
    select=(*WITH, "community__agency"),
)
def edit(request: Request, celebration: Celebration) -> HttpResponse:
    """Say who sees it, now and at any time later."""
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
    select=(*WITH, "community__agency"),
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
