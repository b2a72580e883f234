"""Taking the end of a series back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.models import Series
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page

LOADED = ("community__agency", "community__closure", "ending")


@access.record(Series, "hosted_by", visible="visible_to", why=RUN, select=LOADED)
def remove(request: Request, series: Series) -> HttpResponse:
    """Let it go on. One that does, and one whose community is closed, lead to its page."""
    if not series.is_ended or series.community.is_closed:
        return redirect(series)
    if request.method == "POST":
        series.resume(by=request.user)
        messages.success(request, _("%(title)s goes on.") % {"title": series})
        return redirect(series)
    return page(request, "communities/endings/remove.html", {"series": series})
