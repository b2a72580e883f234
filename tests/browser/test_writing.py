"""Writing in a real browser: what was typed is what is stored, whatever happens between."""

import re
import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page, expect

from reflections.models import Reflection, Version
from tests.browser.entrance import give_password, may_sign_in
from tests.browser.line import Line
from tests.reflections import make

SAVED = re.compile(r"^Saved on our server at ")
OPENS_OFFLINE = "You can open and write this page without a network, too."
ON_THE_DEVICE = "trellisDrafts.all()"
SOMEBODY_ELSES = {"key": "0:/", "person": "0", "url": "/", "texts": {}, "unsent": True, "at": 0}
PATIENCE = 20  # seconds


def eventually(holds: Callable[[], bool]) -> None:
    """Until it holds: what a page does by itself, it says nowhere."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)


def state(page: Page):
    return page.locator("[data-saved-state]")


def box(page: Page, place: int = 1):
    prompt = make.three_questions().prompts.get(place=place)
    return page.locator(f"[name=answer_{prompt.pk}]")


def stored(place: int = 1) -> str:
    prompt = make.three_questions().prompts.get(place=place)
    return Reflection.objects.get().answers[str(prompt.pk)]


def test_written_and_closed_without_a_network_it_arrives_by_itself(page_as, cast, live_server):
    line = Line(live_server.url)
    page = page_as(cast.facilitator, service_workers="allow", base_url=line.url)
    page.goto("/reflections/new/")
    expect(page.get_by_text(OPENS_OFFLINE)).to_be_visible(timeout=20000)
    page.goto("about:blank")

    line.cut()
    page.goto("/")
    expect(page.get_by_role("heading", name="What needs the network")).to_be_visible()
    page.get_by_role("link", name="Write a reflection").click()
    expect(page.get_by_text("There is no connection")).to_be_visible()
    box(page).press_sequentially("On the bus, ")
    expect(state(page)).to_contain_text("Not saved yet. The text is kept on this device")
    page.goto("/notices/")
    page.get_by_role("link", name="On the bus,").click()
    expect(box(page)).to_have_value("On the bus, ")
    box(page).press_sequentially("in a tunnel. 🌱")
    page.get_by_role("button", name="Keep in my journal").click()
    expect(state(page)).to_contain_text("you can close this page")
    context = page.context
    page.close()
    assert not Reflection.objects.exists()

    line.mend()
    page = context.new_page()
    page.goto("/")
    eventually(lambda: Reflection.objects.kept().exists())

    assert (stored(), Reflection.objects.count()) == ("On the bus, in a tunnel. 🌱", 1)
    eventually(lambda: page.evaluate(ON_THE_DEVICE) == [])
    line.cut()


def test_a_cut_line_and_a_reload_lose_nothing_and_say_so(page_as, cast):
    page = page_as(cast.facilitator)
    page.goto("/reflections/new/")
    address = page.url
    expect(page.get_by_text("Only you can read this.")).to_be_visible()
    box(page).press_sequentially("Before. 🌱 ")
    expect(state(page)).to_have_text(SAVED)

    page.context.set_offline(True)
    box(page).press_sequentially("While the line is cut. ")
    expect(state(page)).to_contain_text("Not saved yet")
    assert stored() == "Before. 🌱 "
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    assert stored() == "Before. 🌱 While the line is cut. "

    page.context.set_offline(True)
    box(page).press_sequentially("Never sent.")
    expect(state(page)).to_contain_text("Not saved yet")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(box(page)).to_have_value("Before. 🌱 While the line is cut. Never sent.")
    expect(state(page)).to_have_text(SAVED)
    eventually(lambda: stored() == "Before. 🌱 While the line is cut. Never sent.")


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


def test_signing_in_again_loses_nothing_and_signing_out_takes_everything_along(page_as, cast):
    may_sign_in(cast.facilitator)
    page = page_as(cast.facilitator, service_workers="allow")
    page.goto("/reflections/new/")
    address = page.url
    expect(page.get_by_text(OPENS_OFFLINE)).to_be_visible(timeout=20000)
    Session.objects.all().delete()
    box(page).press_sequentially("Typed too late")
    expect(state(page)).to_contain_text("you are signed out")

    # In another tab, which gives the browser another token than this page has.
    other = page.context.new_page()
    other.goto(page.get_by_role("link", name="Sign in again").get_attribute("href"))
    give_password(other, cast.facilitator)
    other.wait_for_url(address)
    other.close()
    box(page).press_sequentially(", and on.")
    expect(state(page)).to_have_text(SAVED)
    assert stored() == "Typed too late, and on."

    # What somebody else left behind is gone with the first page that is opened.
    page.evaluate("record => trellisDrafts.put(record)", SOMEBODY_ELSES)
    page.evaluate("caches.open('trellis-pages-0')")
    page.goto("/reflections/")
    eventually(lambda: not any(r["person"] == "0" for r in page.evaluate(ON_THE_DEVICE)))
    eventually(lambda: "trellis-pages-0" not in page.evaluate("caches.keys()"))
    page.goto(address)
    expect(box(page)).to_have_value("Typed too late, and on.")
    page.get_by_role("banner").get_by_label("Your account").click()
    page.get_by_role("button", name="Sign out").click()
    for _step in range(3):
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        assert "Typed too late" not in page.content()
        assert page.evaluate(ON_THE_DEVICE) == []
        assert page.evaluate("caches.keys()") == []
        page.go_back()
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(address)


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
    versions = Version.objects.of(Reflection.objects.get())
    assert {each.first_words for each in versions} == {"Begun", "On the laptop", "On the phone"}


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
    page.get_by_role("button", name="Finish later").click()
    page.get_by_role("link", name="By hand").click()
    box(page, 2).fill("And on")
    page.get_by_role("button", name="Keep in my journal").click()

    assert (stored(), stored(2)) == ("By hand", "And on")
    assert Reflection.objects.get().is_kept
