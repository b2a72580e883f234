"""Closed for a while: a page that needs no database, switched on by a file, without a restart."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import translation

RETRY_AFTER = 300  # seconds
# A machine that watches is not turned away: it would start what is meant to be still.
OPEN = ("/healthz", "/readyz")
MOST_WORDS = 500


class MaintenanceMiddleware:
    """While MAINTENANCE_FILE is there every page is 503; what the file says is shown to people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in OPEN and (words := notice_of(settings.MAINTENANCE_FILE)) is not None:
            return closed(request, words)
        return self.get_response(request)


def notice_of(path: Path) -> str | None:
    """What the file says, perhaps nothing; None where there is no file."""
    try:
        return path.read_text(errors="replace")[:MOST_WORDS].strip()
    except OSError:
        return None


def closed(request: HttpRequest, words: str) -> HttpResponse:
    with translation.override(translation.get_language_from_request(request)):
        here = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        html = get_template("503.html").render({"words": words, "here": here})
    answer = HttpResponse(html, status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer
