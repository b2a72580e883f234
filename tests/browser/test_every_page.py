"""Every page of the access matrix, once, as someone who may enter: for machines that read aloud,
in each colour scheme and width by turns; and none scrolls sideways on the smallest phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.cast import ROLES
from tests.matrix import the_matrix

MATRIX = the_matrix()
VISITORS = ("visitor", *ROLES)
LOOKS = [(390, "light"), (1280, "dark"), (390, "dark"), (1280, "light")]
SMALLEST = 320  # pixels
HEIGHT = 844
AXE = Axe()


def who_may() -> dict[str, str]:
    """For each URL that gives anybody a page, one who gets it: by turns, visitors where only they
    do."""
    chosen = {}
    for turn, name in enumerate(sorted(MATRIX)):
        may = [who for who in ROLES if MATRIX[name].expected(who) == 200]
        if may:
            chosen[name] = may[turn % len(may)]
        elif MATRIX[name].visitor == 200:
            chosen[name] = "visitor"
    return chosen


def faults_of(page: Page, width: int) -> list[str]:
    """What axe finds at this width, and whether the page is too wide for the smallest phone."""
    found = [
        f"{each['id']}: {node['html'][:200]}"
        for each in AXE.run(page).response["violations"]
        for node in each["nodes"]
    ]
    for size in {width, SMALLEST}:
        page.set_viewport_size({"width": size, "height": HEIGHT})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wider than {size} pixels")
    return found


@pytest.mark.parametrize("who", VISITORS)
def test_every_page_is_usable_by_everyone(page_as, cast, who):
    page = page_as(None if who == "visitor" else getattr(cast, who))
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    mine = [name for name, chosen in who_may().items() if chosen == who]
    wrong = {}
    for turn, name in enumerate(mine):
        width, scheme = LOOKS[turn % len(LOOKS)]
        url = reverse(name, kwargs=MATRIX[name].arguments(cast))
        if "text/html" not in page.request.get(url).headers["content-type"]:
            continue  # a file, or an answer for machines
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        page.goto(url)
        if faults := faults_of(page, width) + said:
            wrong[f"{name} {width} {scheme}"] = faults
        said.clear()

    assert len(mine) > 0
    assert wrong == {}


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_refusals_are_pages_too(page_as, cast, width, scheme):
    page = page_as(cast.facilitator, width=width, color_scheme=scheme)
    stranger = page_as(None, width=width, color_scheme=scheme)
    invitation = reverse("agencies:acceptances.new", kwargs={"token": "strange"})
    wrong = {}
    for visitor, url, status in (
        (page, reverse("communities:communities.new"), 403),
        (page, "/nowhere/", 404),
        (stranger, "/nowhere/", 404),
        (stranger, invitation, 410),
    ):
        visitor.set_viewport_size({"width": width, "height": HEIGHT})
        answer = visitor.goto(url)
        assert answer is not None
        if faults := faults_of(visitor, width):
            wrong[url] = faults
        if answer.status != status:
            wrong[f"{url} status"] = [str(answer.status)]

    assert wrong == {}
