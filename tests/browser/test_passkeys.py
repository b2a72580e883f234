"""A passkey from a device that the browser only plays: added, then used in both places."""

import pytest
from allauth.account.models import EmailAddress

PASSWORD = "three plain words"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(page_as, cast, settings):
    """A signed-out person's browser with a device that makes passkeys."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the live server has no certificate
    cast.coach.set_password(PASSWORD)
    cast.coach.save()
    EmailAddress.objects.update_or_create(
        user=cast.coach, email=cast.coach.email, defaults={"verified": True, "primary": True}
    )
    page = page_as(None)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def give_password(page, cast):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(cast.coach.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)


def test_a_passkey_opens_the_account_alone_and_after_the_password(page, cast):
    give_password(page, cast)
    page.goto("/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Yes, it’s me").click()
    page.get_by_label("Use it in place of the password").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey is added.").wait_for()

    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.locator(".you").first.wait_for()

    sign_out(page)
    give_password(page, cast)
    page.get_by_role("button", name="Use a passkey").click()
    page.locator(".you").first.wait_for()


def test_a_device_without_a_passkey_says_what_to_do(page, cast):
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("The device did not hand over a passkey.").wait_for()
    assert page.url.endswith("/accounts/login/")
