"""Static files as production serves them: named by what is in them, compressed, kept for a year and
more; and pages compressed too."""

import re

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import RequestFactory
from django.urls import reverse
from whitenoise.middleware import WhiteNoiseMiddleware

A_YEAR = 365 * 24 * 3600
# What a page asks for, one of each kind.
NAMES = ("css/trellis.css", "js/trellis.js", "django_htmx/htmx-2.min.js", "favicon.svg")
NOT_ASKED_FOR = ["admin", "allauth", "account", "mfa", "install", "htmax*", "htmx-4*", "ext"]


@pytest.fixture
def served(settings, tmp_path) -> WhiteNoiseMiddleware:
    """Our static files, collected and served as with DEBUG=0."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_ASKED_FOR)
    return WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))


def test_a_file_is_named_by_what_is_in_it_compressed_and_kept_for_a_year(served):
    for name in NAMES:
        url = static(name)
        assert re.search(r"\.[0-9a-f]{12}\.", url), url
        for asked, sent in (("gzip, deflate, br", "br"), ("gzip, deflate", "gzip")):
            answer = served(RequestFactory().get(url, headers={"Accept-Encoding": asked}))
            answer.file_to_stream.close()
            kept = re.fullmatch(r"max-age=(\d+), public, immutable", answer["Cache-Control"])
            assert (answer.status_code, answer["Content-Encoding"]) == (200, sent), url
            assert kept is not None, answer["Cache-Control"]
            assert int(kept[1]) >= A_YEAR


def test_pages_are_compressed(client, as_facilitator):
    for visitor, url in ((client, reverse("account_login")), (as_facilitator, "/")):
        answer = visitor.get(url, headers={"Accept-Encoding": "gzip"})

        assert answer["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer["Vary"]
