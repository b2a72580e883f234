"""Answering feedback."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.forms import ReplyForm
from fidelity.models import Feedback
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(Feedback, "visible_to", select=("author", "review__subject", "review__agency"))
def new(request: HttpRequest, feedback: Feedback) -> HttpResponse:
    assert isinstance(request.user, User)
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        feedback.reply(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your reply is sent."))
        return redirect(feedback)
    return page(request, "fidelity/replies/new.html", {"feedback": feedback, "form": form})
