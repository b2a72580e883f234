"""Amending a submitted review: another revision, with the reason; the old one stays."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.forms import AmendmentForm, AnswersForm
from fidelity.models import AlreadyAmended, Amendment, Review
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Review,
    "amendable_by",
    visible="visible_to",
    why=gettext_lazy(
        "A review is amended by its reviewer, in its newest revision. What was scored of a "
        "recording for calibration stays as it was scored."
    ),
    select=("version__instrument", "subject"),
)
def new(request: Request, review: Review) -> HttpResponse:
    sent = request.POST or None
    form = AnswersForm(
        sent,
        version=review.version.sheet,
        initial=None if sent else AnswersForm.initial_from(review),
    )
    about = AmendmentForm(sent, initial={"practised_on": review.practised_on})
    if form.is_valid() and about.is_valid():
        entries = form.entries()
        if not form.answered:
            form.add_error(None, _("Answer at least one item before you submit."))
        elif review.says(entries) and about.cleaned_data["practised_on"] == review.practised_on:
            form.add_error(None, _("Nothing is changed yet: change what should be different."))
    if form.is_valid() and about.is_valid():
        try:
            amendment = Amendment.objects.amend(
                review, by=request.user, entries=entries, **about.cleaned_data
            )
        except AlreadyAmended:
            messages.warning(
                request,
                _("This review was amended already, perhaps in another tab. Nothing was stored."),
            )
            return redirect(review)
        messages.success(request, _("The review is amended."))
        return redirect(amendment)
    return page(
        request,
        "fidelity/amendments/new.html",
        {"review": review, "form": form, "about": about, "is_released": review.is_released},
    )
