"""Trellis can be installed, and says plainly what needs the network."""

import json
import struct

import pytest
from django.contrib.staticfiles import finders


def octets_of(address: str) -> bytes:
    with open(finders.find(address.removeprefix("/static/")), "rb") as file:
        return file.read()


def test_a_manifest_names_its_icons_and_where_to_begin(client):
    answer = client.get("/manifest.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    assert "manifest-src 'self'" in client.get("/help/")["Content-Security-Policy"]
    said = json.loads(answer.content)
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    assert [shortcut["url"] for shortcut in said["shortcuts"]] == ["/reflections/new/"]
    assert [icon.get("purpose", "any") for icon in said["icons"]] == ["any", "any", "maskable"]
    for icon in said["icons"]:
        png = octets_of(icon["src"])
        assert png.startswith(b"\x89PNG")
        assert "{}x{}".format(*struct.unpack("!II", png[16:24])) == icon["sizes"]
        assert len(png) < 8000


def test_it_speaks_spanish_to_who_does(client):
    english = json.loads(client.get("/manifest.webmanifest").content)
    spanish = json.loads(
        client.get("/manifest.webmanifest", headers={"accept-language": "es"}).content
    )

    assert (english["lang"], spanish["lang"]) == ("en", "es")
    assert english["description"] != spanish["description"]


@pytest.mark.parametrize(("theme", "colours"), [("", 2), ("light", 1), ("dark", 1)])
def test_every_page_names_it_and_the_colours_around_it(as_facilitator, cast, theme, colours):
    cast.facilitator.theme = theme
    cast.facilitator.save(update_fields=["theme"])

    html = as_facilitator.get("/help/").content.decode()

    assert '<link rel="manifest" href="/manifest.webmanifest">' in html
    assert html.count('name="theme-color"') == colours
    assert octets_of("/static/install/apple-180.png").startswith(b"\x89PNG")


def test_the_page_without_a_network_leads_to_writing(as_facilitator):
    html = as_facilitator.get("/offline/").content.decode()

    assert 'href="/reflections/new/"' in html
    assert "<device-drafts" in html
    assert "needs the network" in html
