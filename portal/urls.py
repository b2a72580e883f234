"""Mounts each app. URLs that are not ours get their access rule here."""

from django.contrib import admin
from django.urls import include, path

from portal import access
from portal.access.walk import mounted

OPERATIONS = access.when("runs operations", lambda person: person.is_staff)
# allauth keeps stages in the session and tidies up on GET.
ANYONE = access.public.writing_on_get()
SIGNED_IN = access.signed_in.writing_on_get()
ACCOUNT = {
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
}
SECOND_FACTOR = {
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
}

urlpatterns = [
    path("", include("portal.home.urls")),
    # Without allauth's list of sessions: people:devices.index signs out one of them, too.
    path("accounts/", mounted(include("allauth.account.urls"), ANYONE, ACCOUNT)),
    path("accounts/2fa/", mounted(include("allauth.mfa.urls"), ANYONE, SECOND_FACTOR)),
    path("agencies/", include("portal.agencies.urls")),
    path("communities/", include("communities.urls")),
    path("fidelity/", include("fidelity.urls")),
    path("notices/", include("portal.notices.urls")),
    path("operations/", mounted(admin.site.urls, OPERATIONS)),
    path("people/", include("portal.people.urls")),
    path("reflections/", include("reflections.urls")),
    path("reminders/", include("portal.reminders.urls")),
]

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.forbidden"
handler404 = "portal.web.errors.not_found"
handler500 = "portal.web.errors.broken"
