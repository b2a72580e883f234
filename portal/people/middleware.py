"""Each person reads in their own language and time zone, and their device is seen."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from portal.people import devices
from portal.people.once import begin


class PersonMiddleware:
    """Activates the signed-in person's zone and language; visitors get the browser's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if person.is_authenticated:
            begin(person)
            devices.see(request)
            language, zone = person.language, zoneinfo.ZoneInfo(person.time_zone)
        else:
            language, zone = translation.get_language_from_request(request), None
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if person.is_authenticated:
            if not request.user.is_authenticated:
                # They signed out: drafts, and the page that opens without a network, leave the
                # device, whatever our scripts managed to do. Sessions are cookies and not meant.
                response.headers["Clear-Site-Data"] = '"storage"'
            # Phones are shared: the back button must not show another person's page.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
