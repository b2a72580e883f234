"""Every view behind the URLs: for third-party mounts, and for the tests."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from portal.access.rules import Rule


@dataclass(frozen=True)
class Route:
    """One URL: its full name (`communities:sessions.show`), its path as written, its view."""

    name: str
    path: str
    view: Callable[..., Any]


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "", namespace: str = ""
) -> Iterator[Route]:
    """Walk the resolver, includes and all."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace or ""]))
            yield from routes(pattern.url_patterns, path, inner)
        else:
            name = ":".join(filter(None, [namespace, pattern.name or ""]))
            yield Route(name, path, pattern.callback)


def mounted(included: Any, rule: Rule, exceptions: Mapping[str, Rule] | None = None) -> Any:
    """Give views that are not ours their rule, where they are mounted.

    `included` is what `include()` returns or `admin.site.urls`; `exceptions` names the URLs that
    differ. Raises KeyError when an exception names a URL that is not there any more.
    """
    exceptions = exceptions or {}
    unseen = set(exceptions)
    module = included[0]
    patterns = getattr(module, "urlpatterns", module)
    for route in routes(list(patterns)):
        name = route.name.rpartition(":")[2]
        unseen.discard(name)
        exceptions.get(name, rule)(unwrapped(route.view))
    if unseen:
        raise KeyError(f"no such URL: {', '.join(sorted(unseen))}")
    return included


def unwrapped(view: Callable[..., Any]) -> Callable[..., Any]:
    """The callable that Django hands to the middleware; a bound method lends its function."""
    return getattr(view, "__func__", view)
