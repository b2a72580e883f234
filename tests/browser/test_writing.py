"""Writing in a real browser: what was typed is what is stored, whatever happens between."""

import re

from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, expect

from reflections.models import Reflection
from tests.reflections import make

SAVED = re.compile(r"^Saved on our server at ")


def state(page: Page):
    return page.locator("[data-saved-state]")


def box(page: Page, place: int = 1):
    prompt = make.three_questions().prompts.get(place=place)
    return page.locator(f"[name=answer_{prompt.pk}]")


def stored(place: int = 1) -> str:
    prompt = make.three_questions().prompts.get(place=place)
    return Reflection.objects.get().answers[str(prompt.pk)]


def test_what_is_typed_is_saved_after_a_pause(page_as, cast):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    expect(page.get_by_text("Only you can read this.")).to_be_visible()

    box(page).press_sequentially("She spoke first. 🌱")

    expect(state(page)).to_have_text(SAVED)
    assert stored() == "She spoke first. 🌱"


def test_a_cut_line_loses_nothing_and_says_so(page_as, cast):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    box(page).press_sequentially("Before. ")
    expect(state(page)).to_have_text(SAVED)

    page.context.set_offline(True)
    box(page).press_sequentially("While the line is cut. ")
    expect(state(page)).to_contain_text("Not saved yet")
    assert stored() == "Before. "
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    with page.expect_response("**/draft/"):
        box(page).press_sequentially("After.")

    assert stored() == "Before. While the line is cut. After."


def test_a_reload_while_the_line_is_cut_finds_the_text_again(page_as, cast):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    address = page.url
    page.context.set_offline(True)
    box(page).press_sequentially("Never sent")
    expect(state(page)).to_contain_text("Not saved yet")

    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto(address)

    expect(box(page)).to_have_value("Never sent")
    expect(state(page)).to_have_text(SAVED)
    assert stored() == "Never sent"


def test_an_answer_lost_on_the_way_is_no_conflict(page_as, cast):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    lost = []

    def lose_the_answer(route):
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    page.route("**/draft/", lose_the_answer, times=1)
    box(page).press_sequentially("One")
    expect(state(page)).to_contain_text("Not saved yet")
    box(page).press_sequentially(", two")

    expect(state(page)).to_have_text(SAVED)
    assert len(lost) == 1
    assert (stored(), Reflection.objects.count()) == ("One, two", 1)


def test_an_expired_session_keeps_the_text_until_the_next_sign_in(
    page_as, cast, settings, live_server
):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    address = page.url
    Session.objects.all().delete()
    box(page).press_sequentially("Typed too late")
    expect(state(page)).to_contain_text("you are signed out")

    client = Client()
    client.force_login(cast.facilitator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(address)

    expect(box(page)).to_have_value("Typed too late")
    expect(state(page)).to_have_text(SAVED)
    assert stored() == "Typed too late"


def test_two_devices_and_the_person_chooses(page_as, cast):
    phone, laptop = page_as(cast.facilitator), page_as(cast.facilitator, width=1280)
    phone.goto("/reflections/new/")
    box(phone).press_sequentially("Begun")
    expect(state(phone)).to_have_text(SAVED)
    laptop.goto(phone.url)
    # The page says "Saved" of what it found; what counts is that the laptop's words got there.
    with laptop.expect_response(lambda answer: answer.request.method == "POST"):
        box(laptop).fill("On the laptop")
    expect(state(laptop)).to_have_text(SAVED)

    box(phone).fill("On the phone")
    expect(
        phone.get_by_role("heading", name="This was also changed somewhere else")
    ).to_be_visible()
    expect(phone.locator("[data-others]")).to_contain_text("On the laptop")
    expect(phone.locator("[data-others] h3")).to_have_count(1)
    assert stored() == "On the laptop"
    phone.get_by_role("button", name="Keep both").click()

    expect(state(phone)).to_have_text(SAVED)
    assert stored() == "On the phone\n\nOn the laptop"


def test_keeping_and_sharing_on_a_phone(page_as, cast):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    box(page).fill("She spoke first.")
    page.get_by_label("Next time I will").fill("wait")
    page.get_by_role("button", name="Keep in my journal").click()

    expect(page.get_by_text("Only you can read this.")).to_be_visible()
    expect(page.get_by_text("It comes back to you on")).to_be_visible()
    page.get_by_role("link", name="Share it").click()
    page.get_by_role("button", name=f"Share with {cast.supervisor.name}").click()

    expect(page.locator(".readers")).to_contain_text(cast.supervisor.name)
    assert list(Reflection.objects.awaiting_answer(cast.supervisor)) == [Reflection.objects.get()]


def test_it_works_without_script(page_as, cast):
    page = page_as(cast.facilitator, java_script_enabled=False)
    page.goto("/reflections/new/")
    box(page).fill("By hand")
    page.get_by_role("button", name="Go on later").click()
    page.get_by_role("link", name="By hand").click()
    box(page, 2).fill("And on")
    page.get_by_role("button", name="Keep in my journal").click()

    assert (stored(), stored(2)) == ("By hand", "And on")
    assert Reflection.objects.get().is_kept
