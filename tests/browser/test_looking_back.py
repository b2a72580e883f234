"""Other prompts, a self-rating, and finding it all again, on a phone."""

from playwright.sync_api import expect

from reflections.models import PromptSet, Reflection, SelfRating


def test_what_is_typed_goes_along_to_other_prompts_and_is_found_again(page_as, cast):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    page.get_by_label("What?", exact=True).fill("The heron waited.")

    page.get_by_role("button", name="Other prompts").click()
    page.get_by_role("button", name="Free writing").click()
    expect(page.get_by_label("What is on your mind?")).to_have_value("The heron waited.")

    page.get_by_text("What it is about").click()
    page.get_by_label("Skill").select_option("Affirmations")
    page.get_by_role("radio", name="4").check()
    page.get_by_role("button", name="Keep in my journal").click()
    expect(page.get_by_text("Kept in your journal.")).to_be_visible()
    assert Reflection.objects.get().prompt_set == PromptSet.objects.get(slug="free-writing")
    assert SelfRating.objects.get().value == 4

    page.goto("/reflections/")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Search", exact=True).fill("herons")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark")).to_have_text("heron")

    page.goto("/reflections/ratings/")
    expect(page.locator("svg.chart circle")).to_have_count(1)
