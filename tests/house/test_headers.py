"""Every page: a strict Content-Security-Policy and nothing inline, private pages not kept by the
browser, cookies that only the server reads."""

import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import ROLES
from tests.matrix import the_matrix
from tests.portal.test_environment import PRODUCTION, ROOT

MATRIX = the_matrix()


class Inline(HTMLParser):
    """Gathers what a strict policy would refuse to run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self.found += [f"{tag} {a}" for a in named if a == "style" or a.startswith(("on", "hx-on"))]
        if tag == "style":
            self.found.append("style element")
        if tag == "script" and not named.get("src") and named.get("type") != "application/json":
            self.found.append("script element")
        for name in ("src", "href", "action"):
            value = named.get(name) or ""
            if value.startswith(("javascript:", "//")):
                self.found.append(f"{tag} {name}={value}")
        if tag in ("script", "img", "link") and "://" in (
            named.get("src") or named.get("href") or ""
        ):
            self.found.append(f"{tag} from elsewhere")


def someone_admitted(name, cast, as_person) -> Client | None:
    row = MATRIX[name]
    if row.visitor == 200:
        return Client()
    for role in ROLES:
        if row.expected(role) == 200:
            return as_person(getattr(cast, role))
    return None


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_a_page_is_strict_and_holds_nothing_inline(name, cast, as_person):
    client = someone_admitted(name, cast, as_person)
    if client is None:
        return  # answers nobody with a page: a redirect, or POST only
    answer = client.get(reverse(name, kwargs=MATRIX[name].arguments(cast)))

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=(), " in answer["Permissions-Policy"]
    if not answer["Content-Type"].startswith("text/html"):
        b"".join(answer)  # to its end: a file stays open otherwise
        return
    policy = dict(
        part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] in {"'none'", "'self'"}
    assert "unsafe" not in answer["Content-Security-Policy"]
    if not name.startswith("admin:"):  # Django's own pages work under the policy, scripts apart
        assert Inline(answer.content.decode()).found == []
    if client.session.get("_auth_user_id"):
        assert "no-store" in answer["Cache-Control"]


def test_cookies_are_for_the_server_alone(client, cast):
    person = cast.facilitator
    person.set_password("five-quiet-minutes")
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)

    client.post(reverse("account_login"), {"login": person.email, "password": "five-quiet-minutes"})
    client.get("/")

    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (name, cookie["httponly"], cookie["samesite"]) == (name, True, "Lax")


def test_with_https_cookies_are_bound_to_the_host():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from django.conf import settings as s;"
            "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)",
        ],
        cwd=ROOT,
        env=PRODUCTION | {"DJANGO_SETTINGS_MODULE": "portal.settings", "PATH": ""},
        capture_output=True,
        text=True,
    )

    assert said.stdout.split() == ["__Host-trellis", "True", "True"], said.stderr


def test_signing_out_takes_what_lies_on_the_device_along(as_facilitator):
    stays = as_facilitator.get("/")
    leaves = as_facilitator.post(reverse("account_logout"))

    assert "Clear-Site-Data" not in stays
    assert leaves["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in as_facilitator.get(reverse("account_login"))
