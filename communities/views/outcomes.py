"""Taking back what one said of a commitment."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.models import Outcome
from portal import access
from portal.people.requests import Request


@access.record(Outcome, "by", select=("commitment",))
def remove(request: Request, outcome: Outcome) -> HttpResponse:
    """Only POST takes it back; asked for, it leads to the commitment."""
    commitment = outcome.commitment
    if request.method == "POST":
        if commitment.take_back(outcome, by=request.user):
            messages.success(request, _("Taken back. It is open again."))
        else:
            messages.info(request, _("You have said more since: take that back first."))
    return redirect(commitment)
