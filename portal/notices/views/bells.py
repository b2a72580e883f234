"""How many notices are new, for pages that stand open.

Asked by a poll once a minute, not pushed: a stream of events would hold one of the eight threads
that a web machine has for each open page, and a minute is soon enough for a bell. While the number
is what the page shows, the answer is 204 and nothing is rendered. One query.
"""

from django.http import HttpResponse

from portal import access
from portal.notices.models import unread_of
from portal.people.requests import Request
from portal.web.page import page

STOP = 286  # htmx: poll no more


@access.public  # one who was signed out may be writing: an answer must not take the page away
def show(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponse(status=STOP)
    unread = unread_of(request.user)
    if request.GET.get("seen") == str(unread):
        return HttpResponse(status=204)
    context = {"unread": unread, "is_more": unread > _seen(request)}
    return page(request, "notices/bells/show.html", context, fragment="notices/bells/_bell.html")


def _seen(request: Request) -> int:
    given = request.GET.get("seen", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
