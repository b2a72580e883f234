"""The help page: for who cannot get in, too."""

import pytest


def test_who_cannot_get_in_finds_out_what_to_do(client, db):
    words = client.get("/help/").content.decode()

    for way in ("/accounts/login/", "/accounts/password/reset/", "recovery codes", "/privacy/"):
        assert way in words
    assert "/notices/preferences/" not in words  # asks for a sign-in


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/password/reset/", "/privacy/"])
def test_the_foot_of_every_page_leads_there(client, db, page):
    assert 'href="/help/"' in client.get(page).content.decode()


def test_signed_in_it_leads_to_ones_own_choices(as_facilitator):
    assert "/notices/preferences/" in as_facilitator.get("/help/").content.decode()
