"""One name, four places: URL name, view module, template, test."""

import inspect

from portal.access.walk import routes, unwrapped

OURS = ("portal.", "communities.", "reflections.", "fidelity.")
VERBS = {"index", "show", "new", "edit", "remove"}
# Not pages of a noun: errors, and what machines ask.
APART = {"portal.web", "portal.operations"}


def our_routes():
    for route in routes():
        view = inspect.unwrap(unwrapped(route.view))
        if view.__module__.startswith(OURS) and not any(
            view.__module__.startswith(apart) for apart in APART
        ):
            yield route, view


def test_a_url_is_named_after_its_view():
    wrong = []
    for route, view in our_routes():
        app, _, rest = route.name.partition(":")
        noun, _, verb = rest.partition(".")
        package = f"portal.{app}" if view.__module__.startswith("portal.") else app
        homes = {f"{package}.views.{noun}.{verb}", f"{package}.{noun}.{verb}"}
        if f"{view.__module__}.{view.__name__}" not in homes:
            wrong.append(f"{route.name} is {view.__module__}.{view.__name__}")

    assert wrong == []


def test_views_have_one_of_five_names():
    assert [r.name for r, view in our_routes() if view.__name__ not in VERBS] == []
