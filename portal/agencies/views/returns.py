"""Welcome back: someone who left gets a new position."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.agencies.access import administers_person
from portal.agencies.forms import ReturnForm
from portal.agencies.models import Agency
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page


@administers_person
def new(request: Request, agency: Agency, person: User) -> HttpResponse:
    form = ReturnForm(agency, request.POST or None)
    if form.is_valid():
        try:
            agency.welcomes_back(
                person,
                form.cleaned_data["role"],
                since=agency.midnight(form.cleaned_data["first_day"]),
                by=request.user,
            )
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            words = _("Welcome back, %(person)s. They sign in as before.")
            messages.success(request, words % {"person": person})
            return redirect("agencies:people.show", agency.pk, person.pk)
    context = {"agency": agency, "person": person, "form": form}
    return page(request, "agencies/returns/new.html", context)
