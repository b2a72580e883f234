"""The identifier check in a real browser, and without script: found, replaced, shared."""

from playwright.sync_api import expect

from tests.reflections import make

TEXT = "I sat with Grandma Rosa at Lincoln Elementary. She said I could wait. Rosa laughed."


def test_without_script_an_author_replaces_what_was_found_and_shares(page_as, cast):
    entry = make.kept(cast.facilitator, TEXT)
    page = page_as(cast.facilitator, java_script_enabled=False)
    page.goto(entry.get_absolute_url())
    page.get_by_role("link", name="Share it").click()

    expect(page.locator("mark")).to_have_text(["Rosa", "Lincoln Elementary"])
    page.locator("[name^=words_]").first.fill("her grandmother")
    page.locator("[name^=use_]").nth(1).uncheck()
    page.get_by_role("button", name="Replace what is ticked").click()

    expect(page.locator("mark")).to_have_text(["Lincoln Elementary"])
    page.get_by_role("button", name="Share with Carol Lindqvist").click()
    expect(page.get_by_text("Grandma her grandmother at Lincoln Elementary.")).to_be_visible()
    expect(page.get_by_text("Shared with Carol Lindqvist.")).to_be_visible()
