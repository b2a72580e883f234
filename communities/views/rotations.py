"""Who hosts a series in turn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.rotations import RotationForm
from communities.models import Series, take_turns
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Series,
    "hosted_by",
    visible="visible_to",
    why=RUN,
    select=("community__agency", "host", "ending"),
)
def edit(request: Request, series: Series) -> HttpResponse:
    if series.is_ended:
        messages.error(request, _("This series has ended. Let it go on first."))
        return redirect(series)
    form = RotationForm(request.POST or None, series=series)
    if request.method == "POST" and form.is_valid():
        take_turns(series, form.order(), by=request.user)
        messages.success(request, _("Saved. Sessions to come have their hosts."))
        return redirect(series)
    return page(request, "communities/rotations/edit.html", {"form": form, "series": series})
