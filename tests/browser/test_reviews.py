"""A review from its start to the reply, in a real browser; and its pages for all eyes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

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
    assert coach.get_by_role("group", name="Persistence").get_by_label("Not observed").is_checked()
    coach.get_by_role("button", name="Submit the review").click()
    assert coach.get_by_text("75%").is_visible()

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
    counts = make.draft(cast.coach, cast.facilitator, version=sheet, source="recording")
    feedback = make.feedback(cast.coach, cast.facilitator)
    make.review(cast.facilitator, cast.facilitator)
    page = page_as(cast.coach, width=width, color_scheme=scheme)
    found = {}
    for path in (
        "/fidelity/",
        "/fidelity/reviews/new/",
        f"/fidelity/reviews/{draft.pk}/answers/",
        f"/fidelity/reviews/{counts.pk}/answers/",
        feedback.review.get_absolute_url(),
        feedback.get_absolute_url(),
        f"/fidelity/people/{cast.facilitator.pk}/",
        "/fidelity/team/",
        "/fidelity/codings/",
        sheet.instrument.get_absolute_url(),
    ):
        page.goto(path)
        faults = [
            (each["id"], [node["target"] for node in each["nodes"]])
            for each in Axe().run(page).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(("scrolls sideways", []))
        if faults:
            found[path] = faults

    assert found == {}
