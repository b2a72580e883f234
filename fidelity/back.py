"""The way back to where a mark was followed from, filters and all, as it stands in an address."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 500


def back_of(request: HttpRequest, otherwise: str = "") -> str:
    """The address in `back` where it is one of this room's, else `otherwise`."""
    asked = request.GET.get("back", "")
    ours = asked.startswith(("/fidelity/team/", "/fidelity/people/")) and len(asked) <= LONGEST
    if ours and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise


def here(request: HttpRequest, fragment: str = "") -> str:
    """This page as a page to come back to."""
    return request.get_full_path() + (f"#{fragment}" if fragment else "")
