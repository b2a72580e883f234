"""Who may write on a page of the journal."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from communities.models import Outcome
from communities.models.commitment import FINAL
from portal.access import Rule
from portal.access.rules import ask_to_sign_in
from portal.people.models import User
from portal.prepared import prepared
from reflections.models import Reflection


def _signed_in_script(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := ask_to_sign_in(request):
        wants_json = request.headers.get("Accept") == "application/json"
        return JsonResponse({"signed_out": True}, status=401) if wants_json else answer
    return None


def _own_page(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := _signed_in_script(request, kwargs):
        return answer
    person = cast(User, request.user)
    key = kwargs.pop("key")
    if not key.int:
        raise Http404  # the blank page as it lies on a device, before it was given an address
    entry = _page.first(key)
    if entry is None:
        entry = Reflection(key=key, author=person)
    elif entry.author_id != person.pk:
        if Reflection.objects.visible_to(person).filter(pk=entry.pk).exists():
            raise PermissionDenied(_("Only the author can change a reflection."))
        raise Http404
    elif entry.is_removed and request.method != "POST":  # what was typed meanwhile is saved first
        return redirect("reflections:removals.remove", key)
    entry.author = person
    kwargs["reflection"] = entry
    return None


@prepared
def _page(key: UUID) -> QuerySet[Reflection]:
    return Reflection.objects.select_related("prompt_set", "rating", "removal").filter(key=key)


SHOWN_WITH = (
    "author", "prompt_set", "principle", "phase", "skill", "commitment", "question",
    "follow_up", "removal",
)  # fmt: skip


def _readable(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := ask_to_sign_in(request):
        return answer
    person = cast(User, request.user)
    entry = _entry.first(kwargs.pop("key"))
    # In two steps, and not from `visible_to`: that query cost as much as all else on the page, and
    # the page asks for these shares anyway.
    if entry is None or not (entry.author_id == person.pk or entry.ways_in(person)):
        raise Http404
    if entry.is_removed:
        if entry.author_id != person.pk:
            raise Http404
        return redirect("reflections:removals.remove", entry.key)
    kwargs["reflection"] = entry
    return None


@prepared
def _entry(key: UUID) -> QuerySet[Reflection]:
    ended = Outcome.objects.filter(commitment=OuterRef("commitment"), kind__in=FINAL)
    entries = Reflection.objects.select_related(*SHOWN_WITH).filter(key=key)
    return entries.annotate(commitment_is_over=Exists(ended))


# A script that asks for JSON cannot follow the way to the sign-in page: it is told.
signed_in_script = Rule("signed in", _signed_in_script)

# One's own, or what is shared with one now.
readable = Rule("Reflection.visible_to", _readable)

# A page has an address before it has a row: the first save makes the draft. An address is a random
# UUID, so that nobody comes upon another's.
own_page = Rule("the author's page, or a blank one", _own_page)
