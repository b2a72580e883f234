"""A review from its start to the reply, in a real browser; and its pages for all eyes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import faults
from tests.fidelity import make


def test_a_coach_reviews_and_the_facilitator_answers(page_as, cast):
    coach = page_as(cast.coach)
    coach.goto("/fidelity/reviews/new/")
    coach.get_by_label("About whom").select_option("Amara Okafor")
    coach.get_by_label("Instrument").select_option("Wraparound practice rubric")
    coach.get_by_role("button", name="Go to the questions").click()
    for question in coach.locator("fieldset").all():
        question.get_by_label("3 Mostly").check()
    coach.get_by_role("group", name="Persistence").get_by_label("Not observed").check()
    coach.get_by_role("button", name="Save as a draft").click()
    coach.get_by_text("The draft is saved.").wait_for()
    assert coach.get_by_role("group", name="Persistence").get_by_label("Not observed").is_checked()
    coach.get_by_role("button", name="Submit the review").click()
    coach.get_by_text("75%").wait_for()

    coach.get_by_role("link", name="Release to Amara Okafor").click()
    coach.get_by_label("What you want to tell them").fill("You waited for the answer.")
    coach.get_by_role("button", name="Release to Amara Okafor").click()

    facilitator = page_as(cast.facilitator)
    facilitator.goto("/fidelity/")
    facilitator.get_by_role("link", name="From Dae Kim").click()
    assert facilitator.get_by_text("You waited for the answer.").is_visible()
    facilitator.get_by_label("Your reply").fill("I will try that on Friday.")
    facilitator.get_by_role("button", name="Send the reply").click()
    assert facilitator.get_by_text("I will try that on Friday.").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page_as, cast, width, scheme):
    draft = make.draft(cast.coach, cast.peer_partner)
    sheet = make.shipped(make.CODING_SHEET)
    make.consent(cast.facilitator, cast.northside.agency)
    counts = make.draft(cast.coach, cast.facilitator, version=sheet, source="recording")
    feedback = make.feedback(cast.coach, cast.facilitator)
    make.review(cast.facilitator, cast.facilitator)
    amended = make.amendment(make.review(cast.coach, cast.peer_partner))
    page = page_as(cast.coach, width=width, color_scheme=scheme)
    found = {}
    for path in (
        "/fidelity/",
        "/fidelity/reviews/new/",
        f"/fidelity/reviews/{draft.pk}/answers/",
        f"/fidelity/reviews/{counts.pk}/answers/",
        f"/fidelity/reviews/{counts.pk}/tallies/",
        f"/fidelity/reviews/{feedback.review.pk}/amend/",
        amended.get_absolute_url(),
        feedback.review.get_absolute_url(),
        feedback.get_absolute_url(),
        f"/fidelity/people/{cast.facilitator.pk}/",
        "/fidelity/team/",
        "/fidelity/codings/",
        sheet.instrument.get_absolute_url(),
    ):
        page.goto(path)
        wrong = [
            (each["id"], [node["target"] for node in each["nodes"]])
            for each in Axe().run(page).response["violations"]
        ]
        if too_wide := faults.of_width(page, width):
            wrong.append(("scrolls sideways", too_wide))
        if wrong:
            found[path] = wrong

    assert found == {}


def test_a_review_is_saved_as_it_is_filled_in_and_two_pages_never_overwrite(page_as, cast):
    draft = make.draft(cast.coach, cast.facilitator)
    url = draft.get_absolute_url()
    phone, laptop = page_as(cast.coach), page_as(cast.coach, width=1280)
    phone.goto(url)
    laptop.goto(url)

    phone.get_by_role("group", name="Persistence").get_by_label("3 Mostly").check()
    phone.get_by_text("Saved on our server at").wait_for()
    laptop.get_by_role("group", name="Persistence").get_by_label("1 In small part").check()
    laptop.get_by_text("Persistence: 3 Mostly there, 1 In small part here").wait_for()
    assert draft.answers.get(item__key="persistence").value == 3
    laptop.get_by_role("button", name="Take what is there").click()
    laptop.get_by_text("Saved on our server at").wait_for()
    assert laptop.get_by_role("group", name="Persistence").get_by_label("3 Mostly").is_checked()

    laptop.get_by_role("button", name="Submit the review").click()
    laptop.get_by_role("heading", name="Measures").wait_for()
    phone.get_by_role("group", name="Persistence").get_by_label("0 Not there").check()
    phone.get_by_role("link", name="Read it as it was submitted").click()
    phone.get_by_role("heading", name="Measures").wait_for()
    assert draft.answers.get(item__key="persistence").value == 3


def test_a_bad_line_neither_loses_nor_doubles_a_tally(page_as, cast):
    draft = make.tallied_draft(cast.coach, cast.facilitator)
    path = f"/fidelity/reviews/{draft.pk}/tallies/"
    page = page_as(cast.coach)
    page.goto(path)
    page.get_by_role("button", name="Question").click()
    page.keyboard.press("5")  # simple reflections
    page.keyboard.press("6")
    page.keyboard.press("6")
    page.keyboard.press("Backspace")
    page.get_by_text("50%").wait_for()
    assert page.get_by_text("2.0\u00a0:\u00a01").is_visible()
    assert page.get_by_role("button", name="Pause").is_visible()
    # The answer is lost on the way, then nothing goes out at all; the page is closed.
    page.route("**/tallies/new/", lambda route: (route.fetch(), route.abort()))
    page.get_by_role("button", name="Affirm").click()
    page.get_by_text("On this device: 1.").wait_for()
    page.unroute("**/tallies/new/")
    page.route("**/tallies/new/", lambda route: route.abort())
    page.get_by_role("button", name="Giving information").click()
    page.get_by_text("On this device: 2.").wait_for()
    page.goto("/fidelity/")
    page.unroute("**/tallies/new/")

    page.goto(draft.get_absolute_url())  # what was left behind goes out from here, too
    expect(page.get_by_label("Giving information", exact=True)).to_have_value("1")
    page.goto(path)
    page.get_by_text("50%").wait_for()
    kept = dict(draft.answers.values_list("item__key", "value"))
    assert {key: n for key, n in kept.items() if n} == {
        "simple-reflections": 1,
        "complex-reflections": 1,
        "questions": 1,
        "information": 1,
        "affirm": 1,
    }
