"""One way to take back what was said, and to put it back: for posts, replies and resources."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.exchange import TakeDownForm
from communities.models.removal import KEPT_FOR, Removable
from portal.people.requests import Request
from portal.web.page import page


def removal(request: Request, template: str, thing: Removable, **context: Any) -> HttpResponse:
    """Ask, remove, and offer the way back: the page of a removed thing says how long there is."""
    own = thing.by_id == request.user.pk
    form = None if own else TakeDownForm(request.POST or None)
    if request.method == "POST":
        if "put_back" in request.POST:
            return _put_back(request, thing)
        if form is None or form.is_valid():
            thing.remove(by=request.user, reason=form.cleaned_data["reason"] if form else "")
            return redirect(request.path)
    runs = thing.is_removed and thing.community.is_hosted_by(request.user)
    context |= {
        "thing": thing,
        "form": form,
        "own": own,
        "may_put_back": not thing.is_taken_down or runs,
        "days": KEPT_FOR.days,
    }
    return page(request, template, context)


def _put_back(request: Request, thing: Removable) -> HttpResponse:
    try:
        thing.put_back(by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(request.path)
    messages.success(request, _("It is back, as it was."))
    return redirect(thing)  # type: ignore[call-overload]  # each subclass has a page
