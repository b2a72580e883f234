"""The script that answers for a device without a network."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse

from reflections.views.blanks import NOBODYS


def test_it_is_asked_anew_each_time_and_stands_at_the_root(client):
    answer = client.get("/worker.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    script = answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    device = ("device/drafts.js", "device/sending.js")
    for file in (*device, "worker/notices.js", "worker/pages.js", "worker/syncing.js"):
        assert (Path(settings.BASE_DIR) / "static/js" / file).read_text() in script


def test_the_addresses_in_it_are_ours(client):
    """A script has no {% url %}."""
    script = client.get("/worker.js").content.decode()

    for name in ("blanks.show", "drafts.index", "reflections.new"):
        assert f'"{reverse(f"reflections:{name}")}"' in script
    assert f'"{reverse("home:offline.show")}"' in script
    assert f'"{reverse("notices:notices.index")}"' in script
    edit = reverse("reflections:reflections.edit", args=[NOBODYS])
    assert edit == f"/reflections/{NOBODYS}/edit/"
    assert f'"{NOBODYS}"' in script
