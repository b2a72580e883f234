"""One way to answer with HTML: the whole page, or the fragment that htmx asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render `template`, or `fragment` when htmx asks for a part of the page.

    The fragment is the very partial that the page includes, with the same context. A bound form
    with errors anywhere in the context makes the answer 422, so that htmx swaps it and a script
    can tell; the page then begins its title with "Error:".
    """
    wants_fragment = fragment is not None and asks_for_fragment(request)
    has_errors = any(_is_wrong(value) for value in (context or {}).values())
    html = render_to_string(
        fragment if fragment is not None and wants_fragment else template,
        {**(context or {}), "has_errors": has_errors},
        request,
    )
    if wants_fragment and get_messages(request):
        # The page shows messages in its layout, which a fragment does not bring along.
        html += render_to_string("layout/_messages_swap.html", {}, request)
    response = HttpResponse(html, status=status or (422 if has_errors else 200))
    patch_vary_headers(response, ["HX-Request"])
    if request.user.is_authenticated:
        # On a shared phone the back button must not bring back another person's page.
        patch_cache_control(response, no_store=True, private=True)
    return response


def asks_for_fragment(request: HttpRequest) -> bool:
    """Whether htmx swaps a part of a page: not a boosted link, and not its own history miss."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def _is_wrong(value: object) -> bool:
    if isinstance(value, BaseForm):
        return value.is_bound and bool(value.errors)
    if isinstance(value, BaseFormSet):
        return value.is_bound and not value.is_valid()
    if isinstance(value, Mapping):
        return any(_is_wrong(each) for each in value.values())
    if isinstance(value, list | tuple):
        return any(_is_wrong(each) for each in _forms_in(value))
    return False


def _forms_in(values: Iterable[object]) -> Iterable[object]:
    return (each for each in values if isinstance(each, BaseForm | BaseFormSet))
