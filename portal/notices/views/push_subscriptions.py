"""Browsers that may show my notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.notices.models import PushSubscription
from portal.notices.push import public_key
from portal.notices.push_forms import PushSubscriptionForm
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def new(request: Request) -> HttpResponse:
    key = public_key()
    form = PushSubscriptionForm((request.POST or None) if key else None)
    if form.is_valid():
        form.save(request.user, request.headers.get("User-Agent", ""))
        messages.success(request, _("Saved. This browser shows your notices from now on."))
        return redirect("notices:push_subscriptions.new")
    context = {
        "form": form,
        "key": key,
        "subscriptions": PushSubscription.objects.held_by(request.user),
    }
    return page(request, "notices/push_subscriptions/new.html", context)


@access.record(PushSubscription, "held_by", "subscription")
def remove(request: Request, subscription: PushSubscription) -> HttpResponse:
    if request.method == "POST":
        subscription.delete()
        messages.success(request, _("Removed: notices are no longer shown there."))
        return redirect("notices:push_subscriptions.new")
    context = {"subscription": subscription}
    return page(request, "notices/push_subscriptions/remove.html", context)
