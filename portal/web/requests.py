"""Every request has an id, and one line in the log that names its route, not its path: a path may
carry a token or a number that leads to somebody."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.web.logs import request_id

log = logging.getLogger("trellis.request")
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = {"home:health.show", "home:readiness.show"}  # asked every few seconds


class RequestMiddleware:
    """The first middleware: takes the proxy's X-Request-ID or makes one, and times the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(name)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            match = request.resolver_match
            route = match.view_name if match else ""
            if route not in QUIET:
                log.info(
                    "request",
                    extra={
                        "route": route,
                        "method": request.method,
                        "status": response.status_code,
                        "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                    },
                )
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response
