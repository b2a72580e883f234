"""A meeting on a laptop and a phone: a reload, a second device, a minute without network. What was
typed is what is stored."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from communities.codes import code_of
from communities.models import Attendance, Commitment, Suggestion, notes_of
from tests.browser import faults
from tests.communities import make, make_meetings

TEXT = "#notes_text"


@pytest.fixture
def session(cast):
    return make_meetings.meeting(make.circle(cast), minutes_ago=2, reflection_minutes=20)


@pytest.fixture
def room(page_as, cast, session):
    """The host's laptop and a member's phone, both in the meeting."""
    pages = page_as(cast.coach, width=1280), page_as(cast.facilitator)
    for page in pages:
        page.goto(f"/communities/sessions/{session.pk}/meeting/")
    return pages


def saved(page) -> None:
    expect(page.locator("[data-saved-state]")).to_contain_text("Saved on our server", timeout=15000)


def test_the_host_runs_it_and_phones_follow(room, cast, session):
    host, member = room
    host.get_by_role("button", name="Begin with: Lesson").click()
    expect(host.locator("[data-time]")).to_contain_text(" left")
    expect(member.locator("[data-time]")).to_contain_text(" left", timeout=15000)

    host.get_by_role("button", name="Dae Kim").click()
    expect(host.get_by_role("button", name="Dae Kim")).to_have_attribute("aria-pressed", "true")
    code = host.locator("#live code").inner_text()
    member.get_by_role("link", name="I am here").click()
    member.get_by_label("The code on the screen").fill(code.lower())
    member.get_by_role("button", name="I am here").click()
    expect(member.get_by_text("You are marked as here.").first).to_be_visible()
    expect(host.get_by_text("2 of 2")).to_be_visible(timeout=15000)
    assert {each.way for each in Attendance.objects.all()} == {"host", "code"}

    for part in ("Activity", "Discussion"):
        host.get_by_role("button", name=f"Next: {part}").click()
    host.get_by_role("button", name="Next: Commitments").click()
    host.get_by_label("Why there is less time to reflect").fill("A short day")
    host.get_by_role("button", name="Move on").click()
    expect(host.locator(".clock__part")).to_have_text("Commitments")
    assert session.agenda_cuts.get().reason == "A short day"


def test_two_write_at_once_and_no_word_is_lost(room, session):
    host, member = room
    host.locator(TEXT).fill("Open questions.")
    member.locator(TEXT).fill("Affirmations.")
    host.locator(TEXT).blur()
    saved(host)
    member.locator(TEXT).blur()
    saved(member)

    expect(host.locator(TEXT)).to_have_value("Open questions.\nAffirmations.", timeout=15000)
    host.locator(TEXT).press("End")
    host.locator(TEXT).press_sequentially(" Reflect.")
    host.locator(TEXT).blur()
    expect(member.locator(TEXT)).to_have_value(host.locator(TEXT).input_value(), timeout=15000)
    assert notes_of(session).text == host.locator(TEXT).input_value()
    assert {"Open", "questions.", "Affirmations.", "Reflect."} == set(
        notes_of(session).text.split()
    )


def test_without_network_words_stay_through_a_reload_and_go_out_by_themselves(room, session):
    host, member = room
    host.context.set_offline(True)
    host.locator(TEXT).fill("Written in the tunnel.")
    host.locator(TEXT).blur()
    expect(host.locator("[data-saved-state]")).to_contain_text("Not saved yet")
    member.locator(TEXT).fill("Written meanwhile.")
    member.locator(TEXT).blur()
    saved(member)

    host.route("**/notes/", lambda route: route.abort())  # the page comes, and no answer to a save
    host.context.set_offline(False)
    host.reload()
    expect(host.locator(TEXT)).to_have_value("Written in the tunnel.")
    host.unroute("**/notes/")
    saved(host)

    both = "Written meanwhile.\nWritten in the tunnel."
    expect(host.locator(TEXT)).to_have_value(both, timeout=15000)
    expect(member.locator(TEXT)).to_have_value(both, timeout=15000)
    assert notes_of(session).text == both
    assert host.evaluate("localStorage.length") == 0


def test_a_promise_made_without_network_is_kept_once(room, cast):
    _host, member = room
    member.get_by_role("textbox", name="Next time I will").fill("Ask before I tell")
    member.context.set_offline(True)
    member.get_by_role("button", name="Save", exact=True).click()
    expect(member.locator("[data-sending-state]")).to_contain_text("Not sent yet")
    member.context.set_offline(False)
    expect(member.locator("#live").get_by_text("Ask before I tell")).to_be_visible(timeout=15000)
    expect(member.get_by_role("textbox", name="Next time I will")).to_have_value("")
    member.get_by_role("button", name="Save", exact=True).click()
    expect(member.locator(".error-summary")).to_contain_text("Write what you will do next time.")

    assert Commitment.objects.get().text == "Ask before I tell"


def test_a_case_goes_its_way_without_script(page_as, cast, session):
    member, host = (
        page_as(person, java_script_enabled=False) for person in (cast.facilitator, cast.coach)
    )
    for page in (member, host):
        page.goto(f"/communities/sessions/{session.pk}/meeting/")
    member.get_by_role("link", name="Bring a case").click()
    member.get_by_label("your question").fill("How do I ask?")
    member.get_by_role("button", name="Bring this case").click()
    host.reload()
    host.get_by_role("button", name="Begin this case").click()
    for _step in range(3):
        host.get_by_role("button", name="Next step").click()
    host.get_by_role("link", name="Steps and suggestions").click()
    host.get_by_label("your suggestion").fill("Wait a breath longer")
    host.get_by_role("button", name="Send it").click()
    member.get_by_role("link", name="Its steps").click()

    expect(member.get_by_text("Wait a breath longer")).to_be_visible()
    assert Suggestion.objects.get().author == cast.coach
    assert code_of(session.pk, session.starts_at) not in member.content()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_full_meeting_is_usable_by_everyone(page_as, cast, session, width, scheme):
    make_meetings.notes(session, cast.coach)
    case = make_meetings.case_round(session, cast.facilitator)
    session.promise(person=cast.coach, text="Ask", due_on=session.original_day, shown=True)
    make.commitment(cast.coach)
    page = page_as(cast.coach, width=width, color_scheme=scheme)
    page.goto(f"/communities/sessions/{session.pk}/meeting/")
    page.get_by_role("button", name="Begin with: Lesson").click()
    expect(page.locator("[data-time]")).to_contain_text(" left")
    wrong = {}
    for url in (
        None,
        "meeting/wall/",
        "attendance/",
        "notes/versions/",
        "",
        case.get_absolute_url(),
    ):
        if url is not None:
            page.goto(url if url.startswith("/") else f"/communities/sessions/{session.pk}/{url}")
        if found := Axe().run(page).response["violations"]:
            wrong[url] = [(v["id"], v["nodes"][0]["html"]) for v in found]
        if too_wide := faults.of_width(page, width):
            wrong[url] = [*wrong.get(url, []), *too_wide]

    assert wrong == {}
