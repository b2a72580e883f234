"""What a device shows in place of any page, when our server is out of reach (static/js/worker)."""

from django.http import HttpRequest, HttpResponse

from portal import access
from portal.web.page import page


@access.public
def show(request: HttpRequest) -> HttpResponse:
    """The same for everybody: what was written on the device is read from the device."""
    return page(request, "home/offline/show.html")
