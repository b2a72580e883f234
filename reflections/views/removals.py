"""What I removed: until when it can be brought back, and bringing it back."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.keeping import holds_of
from reflections.models import Reflection
from reflections.models.reflection import ReflectionQuerySet
from reflections.models.removal import KEPT_FOR

A_PAGE = 30  # entries


@access.collection(Reflection, "removed_by", "reflections")
def index(request: Request, reflections: ReflectionQuerySet) -> HttpResponse:
    entries: Page[Reflection] = Paginator(reflections, A_PAGE).get_page(request.GET.get("page"))
    context = {"entries": entries, "holds": holds_of(request.user), "days": KEPT_FOR.days}
    return page(request, "reflections/removals/index.html", context)


@access.record(Reflection, "removed_by", key="key", select=("author", "prompt_set"))
def remove(request: Request, reflection: Reflection) -> HttpResponse:
    """Take the removal back; before that, the entry to read."""
    if request.method == "POST":
        reflection.bring_back(by=request.user)
        messages.success(request, _("It is back. Only you can read it."))
        return redirect(reflection)
    context = {"reflection": reflection, "holds": holds_of(request.user)}
    return page(request, "reflections/removals/remove.html", context)
