"""Who gets what behind URLs that are not ours: allauth's and operations'.

The cast has passwords nobody set and no second factor, and none of them runs operations.
"""

from tests.matrix import Row, everyone


def of_the_admin(cast):
    return {"object_id": str(cast.admin.pk)}


def authenticator(cast):
    return {"pk": 1}


# What a visitor needs before signing in; who is signed in is sent on.
SIGNING_IN = {
    "account_login": everyone(302, visitor=200),
    "account_signup": everyone(302, visitor=200),  # says that people come by invitation
    "mfa_login_webauthn": everyone(302),
    "mfa_authenticate": everyone(302),  # a stage of signing in: nobody is at it
    "account_confirm_login_code": everyone(302),
    "account_inactive": everyone(200, visitor=200),
    "account_email_verification_sent": everyone(200, visitor=200),
    "account_confirm_email": Row(lambda cast: {"key": "x"}, visitor=200),
    "account_reset_password": everyone(200, visitor=200),
    "account_reset_password_done": everyone(200, visitor=200),
    "account_reset_password_from_key": Row(lambda cast: {"uidb36": "1", "key": "x-y"}, visitor=200),
    "account_reset_password_from_key_done": everyone(200, visitor=200),
}

# One's own account: nobody has another's in the URL.
OWN_ACCOUNT = {
    "account_logout": everyone(200),
    "account_email": everyone(200),
    "account_change_password": everyone(302),  # to setting one: they have none
    "account_set_password": everyone(200),
    "account_reauthenticate": everyone(403),  # they have nothing to do it with
    "mfa_reauthenticate": everyone(403),
    "mfa_reauthenticate_webauthn": everyone(403),
    "mfa_index": everyone(200),
    "mfa_activate_totp": everyone(200),
    "mfa_deactivate_totp": everyone(404),
    "mfa_view_recovery_codes": everyone(404),
    "mfa_generate_recovery_codes": everyone(200),  # says that an app or passkey comes first
    "mfa_download_recovery_codes": everyone(404),
    "mfa_list_webauthn": everyone(200),
    "mfa_add_webauthn": everyone(200),
    "mfa_remove_webauthn": everyone(404, arguments=authenticator),
    "mfa_edit_webauthn": everyone(404, arguments=authenticator),
}

# Being an admin of an agency opens none of it: tests/portal/test_operations.py has who may.
PLACES = ("agencies_agency", "audit_entry", "people_user")
OPERATIONS = {
    f"admin:{name}": everyone(404)
    for name in (
        "index",
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "autocomplete",
        "jsi18n",
        *(f"{place}_{page}" for place in PLACES for page in ("changelist", "add")),
    )
}
OPERATIONS |= {
    f"admin:{place}_{page}": everyone(404, arguments=of_the_admin)
    for place in PLACES
    for page in ("history", "delete", "change")
}
OPERATIONS |= {
    "admin:app_list": everyone(404, arguments=lambda cast: {"app_label": "people"}),
    "admin:view_on_site": everyone(
        404, arguments=lambda cast: {"content_type_id": "1", "object_id": str(cast.admin.pk)}
    ),
}

MATRIX: dict[str, Row] = SIGNING_IN | OWN_ACCOUNT | OPERATIONS
