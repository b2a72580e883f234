"""The script that answers for a device without a network. At the root, so that it may answer for
every page; asked anew each time, so that a change reaches every device (docs/decisions/0020)."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse

from portal import access

SCRIPT = "js/worker.js"


@access.public
def show(request: HttpRequest) -> HttpResponse:
    """It holds nothing of anybody's."""
    answer = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _script() -> str:
    return _assembled() if settings.DEBUG else _collected()


def _assembled() -> str:
    found = finders.find(SCRIPT)
    if not found:
        raise FileNotFoundError(SCRIPT)
    return Path(str(found)).read_text()


@cache
def _collected() -> str:
    """As collectstatic put it together; where it never ran, as in tests, put together now."""
    if staticfiles_storage.exists(SCRIPT):
        with staticfiles_storage.open(SCRIPT) as file:
            return bytes(file.read()).decode()
    return _assembled()
