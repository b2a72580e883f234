"""<autosave-form> says truthfully where the text is, and loses none."""

import json

import pytest

FORM = """
  <autosave-form data-url="/save" data-person="7"><form method="post" action="/kept">
    <input type="hidden" name="version" value="1"><input type="hidden" name="page">
    <input type="hidden" name="csrfmiddlewaretoken" value="token">
    <div class="prompt"><label for="what">What?</label><textarea id="what" name="what"></textarea>
    </div>
    <p class="saved-state" data-saved-state data-saving="Saving" data-saved="Saved at {time}"
      data-kept="On this device" data-waiting="Closed on this device" data-nowhere="Nowhere"
      data-unsaved="Not saved" data-signed-out="Signed out" data-refused="Refused"
      data-conflict="Conflict"><span></span></p>
    <button>Keep it</button></form>
    <draft-conflict><div data-panel tabindex="-1" hidden><div data-others></div>
      <button type="button" data-choice="mine">Mine</button>
      <button type="button" data-choice="both">Both</button>
      <button type="button" data-choice="other">Other</button></div></draft-conflict>
  </autosave-form>
  <form action="/out" data-signs-out><button>Sign out</button></form>
"""
KEPT = "trellisDrafts.all()"


class Desk:
    """A page with one draft, and a server that answers as told."""

    def __init__(self, page):
        self.page, self.sent, self.answer = page, [], (200, self.saved(2))
        page.route("**/save", self._reply)
        page.goto("/gallery/")
        self.lay()

    @staticmethod
    def saved(version):
        return {"version": version, "saved_at": "2026-11-23T20:02:00Z"}

    def lay(self, version=1, text=""):
        form = FORM.replace('value="1"', f'value="{version}"')
        form = form.replace("</textarea>", f"{text}</textarea>")
        self.page.evaluate("html => { document.querySelector('main').innerHTML = html }", form)

    def _reply(self, route):
        self.sent.append(route.request.post_data)
        if self.answer is None:
            route.abort()
        else:
            status, body = self.answer
            route.fulfill(status=status, content_type="application/json", body=json.dumps(body))

    def write(self, text):
        self.page.locator("#what").fill(text)
        self.page.locator("#what").blur()

    def says(self, words):
        self.page.locator("[data-saved-state] span", has_text=words).wait_for(timeout=5000)

    @property
    def kept(self):
        return self.page.evaluate(KEPT)


@pytest.fixture
def desk(page_as, db, settings):
    settings.DEBUG = True
    return Desk(page_as(None))


def test_a_pause_is_enough(desk):
    desk.page.locator("#what").type("I listened")
    desk.says("On this device")
    assert [record["texts"] for record in desk.kept] == [{"what": "I listened"}]
    assert desk.sent == []
    desk.says("Saved at")
    assert len(desk.sent) == 1
    assert "I listened" in desk.sent[0]


def test_the_next_save_carries_the_version_that_the_server_gave(desk):
    desk.write("one")
    desk.says("Saved at")
    desk.answer = (200, desk.saved(3))
    desk.write("two")
    desk.page.locator("[name=version][value='3']").wait_for(state="attached")
    assert 'name="version"\r\n\r\n2\r\n' in desk.sent[1]


def test_what_the_server_has_is_not_kept_in_the_browser(desk):
    desk.write("one")
    desk.says("Saved at")
    assert desk.kept == []


def test_without_network_the_text_stays_on_the_device_under_the_persons_id(desk):
    desk.answer = None
    desk.write("a long day")
    desk.says("Not saved")
    [record] = desk.kept
    assert (record["person"], record["url"], record["unsent"]) == ("7", "/save", True)
    assert record["texts"] == {"what": "a long day"}


def test_when_the_network_is_back_the_text_goes_out_and_off_the_device(desk):
    desk.answer = None
    desk.write("a long day")
    desk.says("Not saved")
    desk.answer = (200, desk.saved(2))
    desk.page.evaluate("window.dispatchEvent(new Event('online'))")
    desk.says("Saved at")
    assert desk.kept == []


def test_text_left_behind_comes_back_and_goes_out(desk):
    desk.answer = None
    desk.write("a long day")
    desk.says("Not saved")
    desk.answer = (200, desk.saved(2))
    desk.lay()
    desk.says("Saved at")
    assert desk.page.locator("#what").input_value() == "a long day"
    assert desk.kept == []


def test_a_signed_out_person_is_told_and_loses_nothing(desk):
    desk.answer = (401, {})
    desk.write("a long day")
    desk.says("Signed out")
    assert len(desk.kept) == 1


def test_what_is_refused_says_why_and_stays_on_the_device(desk):
    desk.answer = (422, {"errors": {"what": ["This is 950,000 characters longer"]}})
    desk.write("a long day")
    desk.says("Refused This is 950,000 characters longer")
    assert len(desk.kept) == 1


def test_signing_out_takes_the_text_along(desk):
    desk.answer = None
    desk.write("a long day")
    desk.says("Not saved")
    desk.page.route("**/out", lambda route: route.fulfill(body="out"))
    desk.page.get_by_role("button", name="Sign out").click()
    desk.page.wait_for_url("**/out?")
    desk.page.goto("/gallery/")
    assert desk.kept == []


def test_a_browser_without_a_database_keeps_it_all_the_same(page_as, db, settings):
    settings.DEBUG = True
    page = page_as(None)
    page.add_init_script("delete Window.prototype.indexedDB; delete window.indexedDB")
    desk = Desk(page)
    desk.answer = None
    desk.write("a long day")
    desk.says("Not saved")

    [(key, value)] = page.evaluate("Object.entries(localStorage)")
    assert (key.partition("7:")[0], json.loads(value)["texts"]) == (
        "trellis-unsent:draft:",
        {"what": "a long day"},
    )


def test_a_text_from_under_other_prompts_gets_its_own_boxes(desk):
    desk.page.evaluate(
        """() => trellisDrafts.put({key: "k", person: "7", url: "/save", page: "p", version: "1",
        texts: {other: "a long day"}, boxes: [["other", "Why?"]], unsent: true, held: "", at: 1})"""
    )
    desk.lay()
    desk.says("Saved at")
    assert desk.page.get_by_label("Why?").input_value() == "a long day"
    assert "a long day" in desk.sent[-1]


@pytest.mark.parametrize(
    ("choice", "text"), [("Mine", "mine"), ("Both", "mine\n\ntheirs"), ("Other", "theirs")]
)
def test_two_texts_are_both_shown_and_the_person_chooses(desk, choice, text):
    desk.answer = (409, {"version": 5, "answers": {"what": "theirs"}})
    desk.write("mine")
    desk.says("Conflict")
    assert desk.page.locator("[data-others]").inner_text().split("\n")[-1] == "theirs"

    desk.answer = (200, desk.saved(6))
    desk.page.get_by_role("button", name=choice).click()

    desk.says("Saved at")
    assert desk.page.locator("#what").input_value() == text
    assert 'name="version"\r\n\r\n5\r\n' in desk.sent[-1]


def test_both_where_one_is_empty_is_the_other_alone(desk):
    desk.answer = (409, {"version": 5, "answers": {"what": "theirs"}})
    desk.write("mine")
    desk.says("Conflict")
    desk.page.locator("#what").fill("")

    desk.answer = (200, desk.saved(6))
    desk.page.get_by_role("button", name="Both").click()

    desk.says("Saved at")
    assert desk.page.locator("#what").input_value() == "theirs"


def test_nothing_is_sent_before_the_person_has_chosen(desk):
    desk.answer = (409, {"version": 5, "answers": {"what": "theirs"}})
    desk.write("mine")
    desk.says("Conflict")
    desk.write("mine, longer")
    desk.page.wait_for_timeout(1800)
    assert len(desk.sent) == 1


def test_left_before_a_choice_was_made_it_asks_again(desk):
    """The text that stays on the device must not go over the other one at the next visit."""
    desk.answer = (409, {"version": 5, "answers": {"what": "theirs"}})
    desk.write("mine")
    desk.says("Conflict")
    desk.page.evaluate("window.dispatchEvent(new Event('pagehide'))")

    for _visit in range(2):
        desk.lay(version=5, text="theirs")
        desk.says("Conflict")
        assert desk.page.locator("#what").input_value() == "mine"
        assert desk.page.locator("[data-others]").inner_text().split("\n")[-1] == "theirs"
    assert len(desk.sent) == 1


def test_a_form_is_not_submitted_while_the_server_is_out_of_reach(desk):
    desk.answer = None
    desk.page.locator("#what").fill("a long day")
    desk.page.get_by_role("button", name="Keep it").click()
    desk.says("Closed on this device")
    assert desk.page.url.endswith("/gallery/")
    assert len(desk.kept) == 1


def test_submitting_saves_first_and_then_goes(desk):
    desk.page.route("**/kept", lambda route: route.fulfill(body="kept"))
    desk.page.locator("#what").fill("a long day")
    desk.page.get_by_role("button", name="Keep it").click()
    desk.page.wait_for_url("**/kept")
    assert "a long day" in desk.sent[0]
