"""From the link in the email to a signed-in person."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, Login
from allauth.core import ratelimit
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal import access
from portal.agencies.forms import AcceptanceForm
from portal.agencies.models import Invitation
from portal.people.models import User
from portal.web.errors import too_many
from portal.web.page import page


@access.public
@never_cache
def new(request: HttpRequest, token: str) -> HttpResponse:
    """The link proves the address, so a name and a password are all that is asked.

    Who has a password already signs in with it (and with their second factor): a link in an old
    mailbox must not open an account that holds somebody's writing.
    """
    if not ratelimit.consume(request, action="accept_invitation"):
        return too_many(request)
    invitation = Invitation.objects.of_token(token)
    if invitation is None or not invitation.is_usable():
        return _does_not_work(request, invitation)
    person = User.objects.filter(email=invitation.email).first()
    if request.user.is_authenticated and request.user != person:
        context = {"invitation": invitation, "someone_else": True}
        return page(request, "agencies/acceptances/join.html", context)
    if person and person.has_usable_password():
        return _join(request, invitation, person)
    person = person or User(email=invitation.email, time_zone=invitation.agency.time_zone)
    form = AcceptanceForm(person, request.POST or None, initial={"name": invitation.name})
    if form.is_valid():
        with transaction.atomic():
            _open_account(person, **form.cleaned_data)
            accepted = invitation.accept(person)
        if accepted is None:
            return _does_not_work(request, invitation)
        return perform_login(request, Login(user=person, email=person.email))
    context = {"invitation": invitation, "form": form}
    return page(request, "agencies/acceptances/new.html", context)


def _join(request: HttpRequest, invitation: Invitation, person: User) -> HttpResponse:
    """Someone with an account takes on a position in one more agency, or comes back."""
    came_back = not person.is_active
    if request.method == "POST" and (request.user == person or came_back):
        if invitation.accept(person) is None:
            return _does_not_work(request, invitation)
        words = _("Welcome to %(agency)s.")
        if came_back:
            words = _("Welcome back to %(agency)s. Sign in with the password you had.")
        messages.success(request, words % {"agency": invitation.agency})
        return redirect("home:today.index")
    context = {
        "invitation": invitation,
        "may_accept": request.user == person or came_back,
        "came_back": came_back,
    }
    return page(request, "agencies/acceptances/join.html", context)


def _open_account(person: User, name: str, password: str) -> None:
    person.name = name.strip()
    person.set_password(password)
    person.save()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def _does_not_work(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """410: the link is used, revoked, expired, or replaced by a newer one. Says what to do."""
    context = {"invitation": invitation}
    return page(request, "agencies/acceptances/gone.html", context, status=410)
