"""A written suggestion to who presented a case."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.meetings import SuggestionForm
from communities.models import CaseRound
from communities.views.case_rounds import SELECT
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    CaseRound,
    "joined_by",
    name="case_round",
    visible="visible_to",
    why=gettext_lazy("Only members write suggestions."),
    select=SELECT,
)
def new(request: Request, case_round: CaseRound) -> HttpResponse:
    form = SuggestionForm(request.POST or None)
    if form.is_valid():
        try:
            case_round.suggest(form.cleaned_data["text"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            name = case_round.presenter.get_short_name()
            messages.success(request, _("%(name)s can read it now.") % {"name": name})
            return redirect(case_round)
    context = {"form": form, "case_round": case_round}
    return page(request, "communities/suggestions/new.html", context)
