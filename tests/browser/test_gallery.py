"""Every component in every state: for eyes, hands, and machines that read aloud."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import faults


@pytest.fixture(autouse=True)
def debug(settings):
    settings.DEBUG = True


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(page_as, db, width, scheme):
    page = page_as(None, width=width, color_scheme=scheme)
    page.goto("/gallery/")

    found = Axe().run(page).response["violations"]

    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


def test_a_forced_theme_wins_over_the_device(page_as, db):
    page = page_as(None, color_scheme="light")
    page.goto("/gallery/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.goto("/gallery/?theme=dark")

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light


@pytest.mark.parametrize("width", [320, 768])
def test_the_page_never_scrolls_sideways(page_as, db, width):
    page = page_as(None, width=width)
    page.goto("/gallery/")

    assert faults.of_width(page, width) == []


def test_what_is_to_be_mended_has_the_focus(page_as, db):
    page = page_as(None)
    page.goto("/gallery/")

    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_a_message_goes_when_it_is_closed_and_not_before(page_as, db):
    page = page_as(None)
    page.goto("/gallery/")
    assert page.locator(".message").count() == 3

    page.get_by_role("button", name="Close this message").first.click()

    assert page.locator(".message").count() == 2


def test_a_menu_closes_with_escape_and_gives_the_focus_back(page_as, db):
    page = page_as(None)
    page.goto("/gallery/")
    more = page.locator("#acts summary", has_text="More").first
    more.click()
    page.get_by_role("link", name="Hand over").focus()

    page.keyboard.press("Escape")

    assert not page.get_by_role("link", name="Hand over").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_dialog_opens_over_the_page_and_closes(page_as, db):
    page = page_as(None)
    page.goto("/gallery/")

    page.get_by_role("link", name="Open a dialog").click()
    assert page.get_by_role("dialog", name="Leave this community?").is_visible()

    page.get_by_role("button", name="Close", exact=True).click()
    assert not page.get_by_role("dialog").is_visible()
