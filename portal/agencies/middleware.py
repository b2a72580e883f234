"""An agency's rule that supervisors and admins must have a second factor."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.agencies.access import positions_of
from portal.agencies.models import Role
from portal.people.models import User

BOUND = {Role.SUPERVISOR, Role.ADMIN}
SEEN = "second_factor_seen_at"  # in the session: when this person was last seen to have one
SEEN_FOR = 600  # seconds; removing one here ends it at once, elsewhere after this at the latest

# How to set one up, to show who one is on the way there, and to leave.
OPEN = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
    "account_set_password",
    "account_logout",
    "bells.show",  # a poll of a page that stands open, perhaps with unsaved words: only a number
}


class SecondFactorMiddleware:
    """Leads people who need a second factor, and have none, to where they set one up.

    It costs no query beyond the person's positions, which every page reads, unless they are bound
    by the rule; then one query in ten minutes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name in OPEN or not request.user.is_authenticated:
            return None
        if not must_have_one(request.user) or has_one(request):
            return None
        agency = next(p.agency for p in positions_of(request.user) if _binds(p))
        messages.info(
            request,
            _(
                "%(agency)s asks supervisors and admins for a second factor. "
                "Set one up to go on: an authenticator app or a passkey."
            )
            % {"agency": agency},
        )
        if request.headers.get("HX-Request") == "true":
            # htmx would put the page inside this one.
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = reverse("mfa_index")
            return answer
        return redirect("mfa_index")


def must_have_one(person: User) -> bool:
    """Whether a current position of theirs asks for a second factor."""
    return any(_binds(position) for position in positions_of(person))


def has_one(request: HttpRequest) -> bool:
    """Whether the person has an app or a passkey; recovery codes alone are none."""
    now = time.time()
    if now - request.session.get(SEEN, 0) < SEEN_FOR:
        return True
    factors = Authenticator.objects.filter(user=request.user).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    if not factors.exists():
        return False
    request.session[SEEN] = now
    return True


@receiver(authenticator_removed)
def look_again(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    request.session.pop(SEEN, None)


def _binds(position: Any) -> bool:
    return position.role in BOUND and position.agency.second_factor_required
