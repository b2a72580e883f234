"""How reminders and mail are doing, for admins and for who runs the portal."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import access
from portal.home import engine
from portal.people.requests import Request
from portal.web.page import page

WATCHES = access.when(
    "runs operations or an agency",
    engine.watches,
    why=_("This page is for the admins of an agency. Ask one of them."),
)


@WATCHES
def show(request: Request) -> HttpResponse:
    at = timezone.now()
    parts = engine.parts(at)
    context = {
        "at": at,
        "figures": engine.figures(at),
        "parts": [(part, None if part.age is None else at - part.age) for part in parts],
        "pushes": bool(settings.WEB_PUSH_PRIVATE_KEY),
        "stuck": [part for part in parts if part.is_stuck],
    }
    return page(request, "home/status/show.html", context)
