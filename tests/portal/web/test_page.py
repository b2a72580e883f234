from types import SimpleNamespace

import pytest
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django_htmx.middleware import HtmxDetails

from portal.web.page import page


class Small(forms.Form):
    title = forms.CharField()


SomeOne = SimpleNamespace(is_authenticated=True, pk=7, name="Amara Okafor", email="a@example.org")


@pytest.fixture(autouse=True)
def templates(settings):
    """A page and its fragment, and only those."""
    loader = (
        "django.template.loaders.locmem.Loader",
        {
            "whole.html": (
                "<title>{% if has_errors %}Error: {% endif %}</title>[{% include 'part.html' %}]"
            ),
            "part.html": "part {{ word }}",
            "layout/_messages_swap.html": "{% for each in messages %}<b>{{ each }}</b>{% endfor %}",
        },
    )
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [loader],
                "context_processors": [
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ]


@pytest.fixture
def ask(rf):
    def ask(person=None, **headers):
        request = rf.get("/", headers=headers)
        request.user = person or AnonymousUser()
        request.htmx = HtmxDetails(request)
        request._messages = CookieStorage(request)
        return request

    return ask


def text(response):
    return response.content.decode()


def test_a_browser_gets_the_whole_page(ask):
    response = page(ask(), "whole.html", {"word": "one"}, fragment="part.html")
    assert (response.status_code, text(response)) == (200, "<title></title>[part one]")


def test_htmx_gets_the_fragment_that_the_page_includes(ask):
    request = ask(**{"HX-Request": "true"})
    assert text(page(request, "whole.html", {"word": "one"}, fragment="part.html")) == "part one"


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_a_history_miss_get_the_whole_page(ask, header):
    request = ask(**{"HX-Request": "true", header: "true"})
    assert text(page(request, "whole.html", fragment="part.html")).startswith("<title>")


def test_htmx_gets_the_whole_page_where_there_is_no_fragment(ask):
    assert text(page(ask(**{"HX-Request": "true"}), "whole.html")).startswith("<title>")


def test_messages_travel_with_a_fragment(ask):
    request = ask(**{"HX-Request": "true"})
    messages.success(request, "Saved.")
    assert text(page(request, "whole.html", fragment="part.html")) == "part <b>Saved.</b>"


def test_a_form_with_errors_answers_422_and_says_so_in_the_title(ask):
    response = page(ask(), "whole.html", {"form": Small({})})
    assert response.status_code == 422
    assert text(response).startswith("<title>Error: </title>")


@pytest.mark.parametrize(
    "context",
    [
        {"form": Small()},
        {"form": Small({"title": "a"})},
        {"forms": [Small()]},
        {"word": "one"},
        {},
    ],
)
def test_all_else_answers_200(ask, context):
    assert page(ask(), "whole.html", context).status_code == 200


def test_a_wrong_form_among_several_and_a_wrong_formset_count(ask):
    wrong = forms.formset_factory(Small)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-title": ""}
    )
    assert page(ask(), "whole.html", {"forms": [Small(), Small({})]}).status_code == 422
    assert page(ask(), "whole.html", {"rows": wrong}).status_code == 422


def test_a_status_that_is_given_stands(ask):
    assert page(ask(), "whole.html", {"form": Small({})}, status=409).status_code == 409


def test_caches_keep_page_and_fragment_apart(ask):
    assert "HX-Request" in page(ask(), "whole.html")["Vary"]


def test_what_a_signed_in_person_sees_is_stored_nowhere(ask):
    assert "no-store" in page(ask(SomeOne), "whole.html")["Cache-Control"]
    assert "Cache-Control" not in page(ask(), "whole.html")
