"""Bad input from outside: each has a page in our words, and nothing that was sent is lost."""

import re
import uuid
from html import unescape

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from communities.models import Post
from tests.communities import make

HERE = {"HTTP_ACCEPT": "text/html", "HTTP_ORIGIN": "http://testserver"}
FORM = reverse("communities:posts.new")
WORDS = "She asked for the phone herself.\n\nAnd I only held it."


def hidden(html: str) -> dict[str, str]:
    """What the page's form would send."""
    form = html[html.index('<form class="card') :]
    pairs = re.findall(r'name="([\w-]+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: unescape(value) for name, value in pairs}


@pytest.fixture
def strict(cast):
    """A facilitator whose browser must bring the token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.facilitator)
    return client


@pytest.fixture
def sent(cast):
    """A post as somebody typed it."""
    return {
        "community": make.circle(cast, "Tuesday circle").pk,
        "kind": "did_not",
        "title": "Explaining too soon",
        "happened": WORDS,
        "key": uuid.uuid4(),
    }


def test_a_form_that_grew_old_is_handed_back_and_goes_through(strict, sent):
    strict.get(FORM)  # sets the cookie
    refused = strict.post(FORM, {**sent, "csrfmiddlewaretoken": "x" * 64}, **HERE)
    again = hidden(refused.content.decode())

    assert refused.status_code == 403
    assert "And I only held it." in refused.content.decode()
    assert strict.post(FORM, again, **HERE).status_code == 302
    assert Post.objects.get().happened.split() == WORDS.split()


def test_words_of_another_site_are_not_offered_as_ones_own(strict):
    elsewhere = HERE | {"HTTP_ORIGIN": "https://elsewhere.example"}
    refused = strict.post(FORM, {"text": WORDS}, **elsewhere)

    assert refused.status_code == 403
    assert "only held it" not in refused.content.decode()


def test_secrets_are_not_written_onto_a_page(strict):
    refused = strict.post(FORM, {"new_password": "five-quiet-minutes", "text": WORDS}, **HERE)

    assert "only held it" in refused.content.decode()
    assert "five-quiet" not in refused.content.decode()


def test_a_session_that_ended_in_the_middle_gives_back_what_was_sent(as_facilitator, sent):
    as_facilitator.logout()
    answer = as_facilitator.post(FORM, sent, **HERE)

    assert answer.status_code == 401
    assert "And I only held it." in answer.content.decode()
    assert hidden(answer.content.decode()).keys() >= sent.keys()
    assert 'target="_blank"' in answer.content.decode()


def test_our_scripts_are_told_as_before(as_facilitator):
    as_facilitator.logout()
    answer = as_facilitator.post(FORM, {"text": WORDS}, HTTP_ORIGIN="http://testserver")

    assert answer.status_code == 302


def test_what_is_too_large_is_told_how_large_it_may_be(as_facilitator, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = as_facilitator.post(FORM, "text=" + "word+" * 100, "application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert "100\xa0bytes" in answer.content.decode()
    assert "20.0\xa0MB" in answer.content.decode()


@pytest.fixture
def closed(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.write_text("Back at <14:00>.")
    return settings.MAINTENANCE_FILE


def test_closed_for_a_while_needs_no_database(closed, client):
    answer = client.get("/communities/?page=2", HTTP_ACCEPT_LANGUAGE="es")  # no `db` here

    assert answer.status_code == 503
    assert answer["Retry-After"] == "300"
    assert "Back at &lt;14:00&gt;." in answer.content.decode()
    assert '<html lang="es">' in answer.content.decode()
    assert 'href="/communities/?page=2"' in answer.content.decode()
    assert client.get("/healthz").status_code == 200


def test_open_again_without_a_restart(closed, client, db):
    closed.unlink()

    assert client.get("/accounts/login/").status_code == 200


def test_a_fault_of_ours_is_a_page_in_the_readers_language(as_facilitator, cast, monkeypatch):
    cast.facilitator.language = "es"
    cast.facilitator.save()
    as_facilitator.raise_request_exception = False

    def breaks(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("portal.home.today.page", breaks)
    answer = as_facilitator.get("/")

    assert answer.status_code == 500
    assert '<html lang="es">' in answer.content.decode()


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("address", ["/nothing/here/", "/communities/987654/"])
def test_what_is_not_there_has_our_page_also_in_the_demo(as_facilitator, settings, debug, address):
    settings.DEBUG = debug

    answer = as_facilitator.get(address)

    assert answer.status_code == 404
    assert "There is no page here for you" in answer.content.decode()
    # An address without its last slash is still led to the one with it.
    assert as_facilitator.get("/communities").url == "/communities/"
