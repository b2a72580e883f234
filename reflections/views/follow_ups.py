"""Two lines about what came of a commitment."""

from django.http import HttpResponse
from django.shortcuts import redirect

from communities.models import Commitment
from portal import access
from portal.people.requests import Request
from reflections.models import FollowUp


@access.record(Commitment, "visible_to")
def new(request: Request, commitment: Commitment) -> HttpResponse:
    """Only POST begins them; asked for, it leads to the commitment."""
    if request.method != "POST":
        return redirect(commitment)
    entry = FollowUp.objects.begin(commitment, by=request.user)
    return redirect("reflections:reflections.edit", entry.key)
