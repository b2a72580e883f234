"""No rule, no run; and reads cannot write."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest, HttpResponse

from portal.access.rules import rule_of

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
READING = (
    "SELECT",
    "WITH",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SET",
    "SHOW",
    "EXPLAIN",
    "DECLARE",
)


class WroteOnRead(RuntimeError):
    """A GET tried to change the database. Declare `.writing_on_get()`, or ask by POST."""


class ReadGuard:
    """A database wrapper that refuses to write until a rule lifts it."""

    def __init__(self) -> None:
        self.lifted = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not self.lifted and not sql.lstrip("( \n").upper().startswith(READING):
            raise WroteOnRead(sql.split(None, 3)[:3])
        return execute(sql, params, many, context)


class AccessMiddleware:
    """The last middleware: it asks the view's rule, then lets the view run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        guard = ReadGuard()
        request.read_guard = guard  # type: ignore[attr-defined]
        with connection.execute_wrapper(guard):
            return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        rule = rule_of(view)
        if rule is None:
            raise ImproperlyConfigured(
                f"{view.__module__}.{getattr(view, '__qualname__', view)} declares no access rule."
            )
        guard = getattr(request, "read_guard", None)
        if guard and rule.writes_on_get:
            guard.lifted = True
        return rule.admit(request, kwargs)
