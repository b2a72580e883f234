"""`./run pictures`: the demo's pages as they are now, for the README and the guides.

A database, the demo in it, the portal's own server and a Chromium; each picture is what one person
of the demo sees at one address. Names and figures are the demo's: nobody is real.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings

static_root = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["STATIC_ROOT"] = static_root.name
django.setup()

from django.urls import reverse  # noqa: E402  # settings come first
from playwright.sync_api import Browser  # noqa: E402

from communities.models import Community, Session  # noqa: E402
from portal.agencies.models.standing import agencies_of  # noqa: E402
from portal.people.models import User  # noqa: E402
from tests.bench.server import portal, session_of, the_demo  # noqa: E402
from tests.browser import chromium  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PHONE, LAPTOP, TALL = (390, 844), (1280, 860), (1280, 1200)


@dataclass(frozen=True)
class Picture:
    """One file: who looks at what, on which screen."""

    name: str
    role: str
    url: str | Callable[[User], str]
    size: tuple[int, int] = PHONE
    dark: bool = False

    def address(self, person: User) -> str:
        return reverse(self.url) if isinstance(self.url, str) else self.url(person)


def their_community(person: User) -> str:
    return Community.objects.visible_to(person).order_by("pk")[0].get_absolute_url()


def their_next_session(person: User) -> str:
    coming = Session.objects.visible_to(person).standing().upcoming()
    return coming[0].get_absolute_url()


def their_programme(person: User) -> str:
    [agency] = agencies_of(person, "admin")
    return reverse("fidelity:programmes.show", args=[agency])


PICTURES = [
    Picture("today", "facilitator", "home:today.index"),
    Picture("writing", "facilitator", "reflections:reflections.new"),
    Picture("journal-dark", "facilitator", "reflections:reflections.index", dark=True),
    Picture("session", "facilitator", their_next_session),
    Picture("my-practice", "facilitator", "fidelity:reviews.index"),
    Picture("shared-with-me", "coach", "reflections:responses.index"),
    Picture("coaching", "coach", "fidelity:coaching.show", LAPTOP),
    Picture("team", "supervisor", "fidelity:teams.show", TALL),
    Picture("drift", "supervisor", "fidelity:drifts.index", TALL),
    Picture("programme", "admin", their_programme, TALL),
    Picture("community", "admin", their_community, LAPTOP),
    Picture("reminders", "admin", "communities:routines.index", LAPTOP),
]


def main() -> int:
    """Take every picture anew; 1 where there is no browser."""
    if chromium.path() is None:
        sys.stderr.write("No Chromium was found. Debian: apt-get install chromium\n")
        return 1
    with static_root, the_demo() as people:
        wanted = [(each, people[each.role]) for each in PICTURES]
        taken = [(each, each.address(who), session_of(who)) for each, who in wanted]
        FOLDER.mkdir(exist_ok=True)
        with portal() as address, chromium.launched() as browser:
            for picture, url, session in taken:
                size = take(browser, address, url, session, picture)
                print(f"{picture.name}.jpg  {size / 1024:.0f} KB  {picture.role} at {url}")
    return 0


def take(browser: Browser, address: str, url: str, session: str, picture: Picture) -> int:
    """Its size in bytes. Raises RuntimeError when the page is not there for them."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    cookie = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": cookie, "value": session, "url": address}])
    page = context.new_page()
    answer = page.goto(f"{address}{url}")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{url} answers {answer and answer.status} to {picture.role}.")
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{picture.name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=72)
    context.close()
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
