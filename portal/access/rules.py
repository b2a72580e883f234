"""Who may reach a view: declared beside it, enforced by `portal.access.middleware`.

    @access.public
    @access.signed_in
    @access.record(Session, "hosted_by")          # the view receives the object, not its id
    @access.collection(Session, "visible_to")     # the view receives the queryset

A view that declares nothing does not run.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise

from portal.prepared import prepared

View = TypeVar("View", bound=Callable[..., Any])
Admit = Callable[[HttpRequest, dict[str, Any]], HttpResponse | None]


@dataclass(frozen=True)
class Rule:
    """How a view is entered.

    `admit` returns None to let the request in (it may change the view's arguments), a response
    to answer instead, or raises Http404 (you may not know that it exists) or PermissionDenied
    (you may know, but not do this; its message says why).
    """

    words: str
    admit: Admit
    writes_on_get: bool = False

    def __call__(self, view: View) -> View:
        view.access_rule = self  # type: ignore[attr-defined]  # read by the middleware and the walk
        return view

    def writing_on_get(self) -> "Rule":
        """The same rule for a view whose GET must write (who opened a reflection, say)."""
        return replace(self, writes_on_get=True)


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule that a view declares, or None."""
    return getattr(view, "access_rule", None)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """None for a signed-in person; else the way to the sign-in page and back."""
    if request.user.is_authenticated:
        return None
    if request.headers.get("HX-Request") == "true":
        # htmx would follow a redirect and put the sign-in page inside this one.
        answer = HttpResponse(status=401)
        answer["HX-Refresh"] = "true"
        return answer
    return redirect_to_login(request.get_full_path())


public = Rule("anyone", lambda request, kwargs: None)
signed_in = Rule("signed in", lambda request, kwargs: ask_to_sign_in(request))


def when(words: str, allows: Callable[[Any], bool], *, why: str | Promise | None = None) -> Rule:
    """Signed in, and `allows(user)`; else 404, or 403 with `why` where the place is no secret."""

    def admit(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        if answer := ask_to_sign_in(request):
            return answer
        if allows(request.user):
            return None
        if why is not None:
            raise PermissionDenied(why)
        raise Http404

    return Rule(words, admit)


def record(
    model: type[Model],
    queryset: str,
    name: str = "",
    *,
    visible: str = "",
    why: str | Promise = "",
    select: tuple[str, ...] = (),
    key: str = "pk",
) -> Rule:
    """Load the object of the URL from what `Model.objects.<queryset>(user)` holds, or answer 404.

    The view receives it as `name` (the model's name by default) in place of `pk`. With `visible`,
    the name of a wider queryset method, someone who may see the object but not do this gets 403
    with `why`. `select` names relations to load in the same query.
    """
    argument = name or str(model._meta.model_name)

    def admit(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        if answer := ask_to_sign_in(request):
            return answer
        value = kwargs.pop(key)
        kwargs[argument] = next(iter(held.rows(request.user, value)), None)
        if kwargs[argument] is None:
            if visible and seen.rows(request.user, value):
                raise PermissionDenied(why)
            raise Http404
        return None

    def one(method: str, person: Any, value: Any) -> QuerySet[Any, Any]:
        return getattr(model._default_manager, method)(person).filter(**{key: value})[:1]

    # Built once for each standing that a person can have: what every page begins with.
    held = prepared(
        lambda person, value: one(queryset, person, value).select_related(*select or (None,))
    )
    seen = prepared(lambda person, value: one(visible, person, value).values_list("pk"))
    return Rule(f"{model.__name__}.{queryset}", admit)


def collection(model: type[Model], queryset: str, name: str) -> Rule:
    """Give the view `Model.objects.<queryset>(user)` as `name`: what it lists and searches."""

    def admit(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        if answer := ask_to_sign_in(request):
            return answer
        kwargs[name] = getattr(model._default_manager, queryset)(request.user)
        return None

    return Rule(f"{model.__name__}.{queryset}", admit)
