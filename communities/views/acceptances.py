"""A member says yes to the agreement."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Agreement
from portal import access
from portal.people.requests import Request


@access.record(
    Agreement,
    "joined_by",
    visible="visible_to",
    why=gettext_lazy("Its members accept it. You do not belong to it."),
    select=("community__agency",),
)
def new(request: Request, agreement: Agreement) -> HttpResponse:
    """By GET it leads to the words: one accepts what one reads."""
    if request.method == "POST":
        try:
            agreement.accept(person=request.user)
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
        else:
            messages.success(request, _("You accept the agreement. Thank you."))
            return redirect(agreement.community)
    return redirect("communities:agreements.index", agreement.community_id)
