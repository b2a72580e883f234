"""Errors as pages in our words, each with a next step."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal import access
from portal.web.typed import typed


@access.public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere: say so, and hand back what was typed here."""
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)


@access.public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):  # nothing is broken: there is too much of it
        return too_large(request)
    return render(request, "400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """There is too much of it: how much there may be."""
    limits = {
        "file_limit": settings.LARGEST_FILE,
        "words_limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render(request, "413.html", limits, status=413)


@access.public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """You may know that it exists, but not do this; the exception's message says why."""
    why = str(exception) if exception else ""
    return render(request, "403.html", {"why": why}, status=403)


@access.public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


class NotFoundMiddleware:
    """Our page for what is not there, also where DEBUG is on and Django would list the addresses
    that are: `./run` shows the demo to people. What was asked for stands in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if settings.DEBUG and response.status_code == 404 and is_page:
            return not_found(request)
        return response


@access.public
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "429.html", status=429)


@access.public
def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without a request context: whatever broke may break again."""
    from django.template.loader import get_template  # a page of its own, needing nothing

    return HttpResponse(get_template("500.html").render(), status=500)
