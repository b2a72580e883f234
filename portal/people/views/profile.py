"""One's own profile."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from portal import access
from portal.audit.events import record
from portal.people.forms import ProfileForm
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def edit(request: Request) -> HttpResponse:
    # A copy: a refused name must not stand in the frame around the form.
    me = User.objects.filter(pk=request.user.pk).get()
    form = ProfileForm(request.POST or None, instance=me)
    if form.is_valid():
        with transaction.atomic():
            if form.has_changed():
                me.save(update_fields=form.changed_data)
                record("person.changed_profile", on=me, by=me)
        with translation.override(me.language):
            messages.success(request, _("Saved."))
        return redirect("people:profile.edit")
    return page(request, "people/profile/edit.html", {"form": form})
