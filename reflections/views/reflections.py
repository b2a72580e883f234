"""My journal: what I wrote, the page I write on, and one entry as its readers see it."""

import uuid
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import access
from portal.agencies.access import has_role
from portal.agencies.models import Role
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page
from reflections.access import own_page, readable
from reflections.checking import count_since_shared
from reflections.forms import ResponseForm, WritingForm
from reflections.keeping import keeping_of
from reflections.lines import lines_of
from reflections.looking import a_year_ago
from reflections.models import Conflict, Reflection
from reflections.models.answering import may_answer
from reflections.models.reflection import ReflectionQuerySet
from reflections.models.removal import KEPT_FOR
from reflections.pages import blank_page
from reflections.readers import readers_of
from reflections.threads import threads_for

A_PAGE = 30  # entries


@access.collection(Reflection, "by", "reflections")
def index(request: Request, reflections: ReflectionQuerySet) -> HttpResponse:
    kept = reflections.kept().values_list("pk", "key", "answers", "kept_at")
    entries: Page[Any] = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    months = groupby(lines_of(entries), lambda line: timezone.localtime(line.at).strftime("%Y-%m"))
    context = {
        "drafts": lines_of(_drafts_of(request.user.pk), shared=False),
        "months": [list(lines) for _month, lines in months],
        "entries": entries,
        "a_year_ago": a_year_ago(request.user),
        "waiting": Reflection.count_awaiting_answer(request.user),
        "is_supervisor": has_role(request.user, Role.SUPERVISOR),
        "keeping": keeping_of(request.user),
    }
    return page(request, "reflections/reflections/index.html", context)


@prepared
def _drafts_of(person: int) -> QuerySet[Any, Any]:
    drafts = Reflection.objects.by(person).drafts()
    return drafts.values_list("pk", "key", "answers", "saved_at")[:A_PAGE]


@access.signed_in
def new(request: Request) -> HttpResponse:
    """A fresh address to write at: reloading it finds what was typed."""
    address = reverse("reflections:reflections.edit", args=[uuid.uuid4()])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)


@own_page
def edit(request: Request, reflection: Reflection) -> HttpResponse:
    if problem := blank_page(request, reflection):
        messages.error(request, problem)
        return redirect("reflections:reflections.new")
    form = WritingForm(reflection, request.POST or None, session=request.GET.get("session", ""))
    others, status = {}, None
    if form.is_valid() and not ("keep" in request.POST and form.refuse_to_keep()):
        try:
            form.save_draft()
            return _saved(request, reflection)
        except Conflict as conflict:
            others = form.texts_of(conflict.theirs, conflict.their_next_time)
            form.goes_on_from(conflict.version)
            status = 409
        except ValidationError as error:
            form.goes_on_from(reflection.version)
            form.add_error(None, error)
    context = {
        "reflection": reflection,
        "form": form,
        "others": [(box, others[box.name]) for box in form if box.name in others],
        "readers": readers_of(reflection),
    }
    return page(request, "reflections/reflections/edit.html", context, status=status)


@readable.writing_on_get()
def show(request: Request, reflection: Reflection) -> HttpResponse:
    if not reflection.is_kept:
        return redirect("reflections:reflections.edit", reflection.key)
    is_author = reflection.author_id == request.user.pk
    reflection.open_by(request.user)
    readers = readers_of(reflection) if is_author else []
    threads = threads_for(request.user, reflection, readers)
    if any(thread.is_news for thread in threads):
        reflection.answers_read_by(request.user)
    answers = not is_author and may_answer(request.user, reflection.author_id)
    context = {
        "reflection": reflection,
        "is_author": is_author,
        "readers": readers,
        "found": count_since_shared(reflection, request.user, readers),
        "openings": reflection.openings.select_related("reader")[:100] if is_author else [],
        "threads": threads,
        "has_answered": any(thread.is_mine for thread in threads),
        "form": ResponseForm(auto_id="respond_%s") if answers else None,
        "keeping": keeping_of(request.user, reflection) if is_author else None,
    }
    if not is_author:
        context |= _way_back(request, reflection)
    return page(request, "reflections/reflections/show.html", context)


@access.record(
    Reflection,
    "by",
    key="key",
    visible="visible_to",
    why=gettext_lazy("Only the author can remove a reflection."),
)
def remove(request: Request, reflection: Reflection) -> HttpResponse:
    if request.method == "POST":
        reflection.remove(by=request.user)
        words = _("Removed. You can bring it back for %(days)d days: it is under “Removed”.")
        messages.success(request, words % {"days": KEPT_FOR.days})
        return redirect("reflections:reflections.index")
    context = {
        "reflection": reflection,
        "readers": readers_of(reflection),
        "keeping": keeping_of(request.user),
        "days": KEPT_FOR.days,
    }
    return page(request, "reflections/reflections/remove.html", context)


def _way_back(request: Request, reflection: Reflection) -> dict[str, Any]:
    """Where a reader came from: what was shared with them, or with a community."""
    ways = reflection.ways_in(request.user)
    share, shown = ways[-1], {"ways": ways}
    if share.community is None:
        url = reverse("reflections:responses.index")
        return shown | {"back_url": url, "back_label": _("Waiting for your answer")}
    url = reverse("reflections:communities.show", args=[share.community.pk])
    return shown | {"back_url": url, "back_label": share.community.name}


def _saved(request: Request, reflection: Reflection) -> HttpResponse:
    """Where writing leads to: the entry when it is kept, the list where a draft waits. Whoever goes
    on with an entry that was removed on another page meanwhile has it back."""
    if reflection.is_removed:
        reflection.bring_back(by=request.user)
    if "keep" in request.POST:
        reflection.keep()
    if reflection.is_kept:
        messages.success(request, _("Kept in your journal."))
        return redirect(reflection)
    messages.success(request, _("Saved. Your draft waits for you here."))
    return redirect("reflections:reflections.index")
