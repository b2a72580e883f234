"""Every page of the access matrix, once, as someone who may enter: for machines that read aloud,
in each colour scheme and width by turns; none scrolls sideways on the smallest phone, and none
moves while it loads. `./run audit` does every role, width and scheme."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser import faults, pages

LOOKS = [(390, "light"), (1280, "dark"), (390, "dark"), (1280, "light")]


def faults_of(page: Page) -> list[str]:
    """What axe finds, what moved, and whether the page is too wide for a phone."""
    return faults.of_shift(page) + faults.of_axe(page) + faults.of_width(page, faults.SMALLEST)


@pytest.mark.parametrize("who", pages.WHO)
def test_every_page_is_usable_by_everyone(page_as, cast, who):
    page = page_as(None if who == pages.VISITOR else getattr(cast, who))
    faults.take_axe_along(page)
    said = faults.listen(page)
    mine = [name for name, chosen in pages.shared_out().items() if chosen == who]
    wrong = {}
    for turn, name in enumerate(mine):
        width, scheme = LOOKS[turn % len(LOOKS)]
        page.set_viewport_size({"width": width, "height": faults.HEIGHT})
        page.emulate_media(color_scheme=scheme)
        if pages.opened(page, pages.address(name, cast)) is None:
            continue
        if found := faults_of(page) + said:
            wrong[f"{name} {width} {scheme}"] = found
        said.clear()

    assert len(mine) > 0
    assert wrong == {}, wrong


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_refusals_are_pages_too(page_as, cast, width, scheme):
    page = page_as(cast.facilitator, width=width, color_scheme=scheme)
    stranger = page_as(None, width=width, color_scheme=scheme)
    invitation = reverse("agencies:acceptances.new", kwargs={"token": "strange"})
    wrong = {}
    for visitor in (page, stranger):
        faults.take_axe_along(visitor)
    for visitor, url, status in (
        (page, reverse("communities:communities.new"), 403),
        (page, "/nowhere/", 404),
        (stranger, "/nowhere/", 404),
        (stranger, invitation, 410),
    ):
        visitor.set_viewport_size({"width": width, "height": faults.HEIGHT})
        answer = visitor.goto(url)
        assert answer is not None
        if found := faults_of(visitor):
            wrong[url] = found
        if answer.status != status:
            wrong[f"{url} status"] = [str(answer.status)]

    assert wrong == {}, wrong
