"""How to get in, whom to ask, and what the portal does for each role, on one page for everybody."""

from django.http import HttpRequest, HttpResponse

from portal import access
from portal.web.page import page


@access.public
def show(request: HttpRequest) -> HttpResponse:
    """Public: who cannot sign in needs it most."""
    return page(request, "home/help/show.html")
