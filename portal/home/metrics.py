"""/metrics: the engine's figures in Prometheus' text format. No name, no address, no word.

For a program that has METRICS_TOKEN (`Authorization: Bearer …`), and for who may see the status.
"""

import hmac
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from portal.access import Rule
from portal.home import engine
from portal.home.status import WATCHES


def _admit(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), wanted.encode()):
        return None
    if given:
        return HttpResponse("The token is not METRICS_TOKEN.\n", "text/plain", status=401)
    return WATCHES.admit(request, kwargs)


@Rule("METRICS_TOKEN, or whoever sees the status", _admit)
def show(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    lines: list[str] = []
    with translation.override("en"):
        found = [*engine.figures(at), *engine.alive(engine.parts(at))]
        for name, figures in groupby(found, key=lambda figure: figure.name):
            several = list(figures)
            lines += [f"# HELP {name} {several[0].words}", f"# TYPE {name} gauge"]
            lines += [figure.line() for figure in several]
    content_type = "text/plain; version=0.0.4; charset=utf-8"
    return HttpResponse("\n".join([*lines, ""]), content_type=content_type)
