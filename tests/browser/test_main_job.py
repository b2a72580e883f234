"""The main job in a real browser, through every room: a community is set up, someone writes and is
answered, the members are reminded once, a review is read and answered, and its course is seen."""

import re
from datetime import timedelta
from email.utils import parseaddr

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from communities.models import Community, Series
from fidelity.models import Feedback
from portal.notices.sending import deliver_due
from portal.people.models import User
from portal.reminders.tick import tick
from reflections.models import Reflection
from tests.browser.entrance import may_sign_in, sign_in
from tests.reflections import make

TEXT = "She spoke first, and I waited."
ANSWER = "What made you wait?"


@pytest.fixture
def admin_page(page_as, cast) -> Page:
    """The admin at a laptop, not signed in yet."""
    may_sign_in(cast.admin)
    return page_as(None, width=1280)


def today(page: Page, title: str):
    """What stands on a person's first page under a heading."""
    page.goto("/")
    return page.locator("main section", has=page.get_by_role("heading", name=title, exact=True))


def box(page: Page, place: int = 1):
    prompt = make.three_questions().prompts.get(place=place)
    return page.locator(f"[name=answer_{prompt.pk}]")


def set_up(admin: Page, people: list[User], day: str) -> Community:
    """First steps of an agency: a community, its people, its rhythm at three in its own zone."""
    today(admin, "First steps").get_by_role("link", name="Set up a first community").click()
    admin.get_by_label("Name").fill("Tuesday circle")
    admin.get_by_role("button", name="Set it up").click()
    for person in people:
        admin.get_by_label(person.name).check()
    admin.get_by_role("button", name="Welcome them to Tuesday circle").click()
    admin.get_by_role("link", name="Plan sessions").click()
    admin.get_by_label("Title").fill("Evoking")
    admin.get_by_label("From").fill(day)
    admin.get_by_label("Starts at").fill("15:00")
    admin.get_by_role("button", name="Plan these sessions").click()
    expect(admin.get_by_role("heading", name="Evoking")).to_be_visible()
    expect(today(admin, "Coming up").get_by_role("link")).to_have_text(["Tuesday circle"] * 3)
    return Community.objects.get()


def write_and_share(writer: Page, supervisor: User) -> None:
    """On a phone: the draft is on the server before anything is pressed."""
    writer.goto("/")
    writer.get_by_role("link", name="Write a reflection").click()
    box(writer).press_sequentially(TEXT)
    expect(writer.locator("[data-saved-state]")).to_contain_text("Saved on our server at")
    [draft] = Reflection.objects.all()
    assert (draft.is_kept, TEXT in draft.answers.values()) == (False, True)
    today(writer, "Waiting for you").get_by_role("link", name="Finish what you began").click()
    expect(box(writer)).to_have_value(TEXT)

    writer.get_by_role("button", name="Keep in my journal").click()
    expect(writer.get_by_text("Only you. It stays so until you share it.")).to_be_visible()
    writer.get_by_role("link", name="Share it").click()
    # The button itself names who will read it.
    expect(
        writer.get_by_role("button", name="Share with 1 other person of Tuesday circle")
    ).to_be_visible()
    writer.get_by_role("button", name=f"Share with {supervisor.name}").click()
    expect(writer.get_by_text("Nobody has opened it yet.")).to_be_visible()


def answer(reader: Page, author: User) -> None:
    waits = today(reader, "Waiting for you")
    waits.get_by_role("link", name="1 reflection waits for your answer").click()
    reader.get_by_role("link", name=author.name).click()
    expect(reader.get_by_text(TEXT)).to_be_visible()
    reader.get_by_role("textbox").fill(ANSWER)
    reader.get_by_role("button", name="Send the answer").click()
    expect(reader.get_by_role("heading", name=f"You and {author.name}")).to_be_visible()
    expect(today(reader, "Waiting for you")).to_have_count(0)


def see_the_answer(writer: Page, reader: User) -> None:
    writer.goto("/notices/")
    writer.get_by_role("link", name=re.compile(f"{reader.name}.*answer")).click()
    writer.get_by_role("link", name="Open it").click()
    expect(writer.get_by_text(ANSWER)).to_be_visible()
    writer.get_by_text("Opened 1 time").click()
    expect(writer.locator("#readers details")).to_contain_text(reader.name)


def review_and_release(reviewer: Page, person: User) -> None:
    reviewer.goto("/fidelity/team/")
    reviewer.get_by_role("link", name=f"Review {person.name}").click()
    reviewer.get_by_label("Instrument").select_option("Wraparound practice rubric")
    reviewer.get_by_role("button", name="Go to the questions").click()
    for question in reviewer.locator("fieldset").all():
        question.get_by_label("3 Mostly").check()
    reviewer.get_by_role("button", name="Save as a draft").click()
    reviewer.get_by_text("The draft is saved.").wait_for()
    today(reviewer, "Waiting for you").get_by_role("link", name="Finish your review").click()
    reviewer.get_by_role("button", name="Submit the review").click()
    reviewer.get_by_role("link", name=f"Release to {person.name}").click()
    reviewer.get_by_label("What you want to tell them").fill("You waited for the answer.")
    reviewer.get_by_role("button", name=f"Release to {person.name}").click()


def read_and_reply(person: Page, author: User) -> None:
    assert Feedback.objects.get().read_at is None
    first = author.get_short_name()
    today(person, "Waiting for you").get_by_role("link", name=f"{first} wrote you feedback").click()
    expect(person.get_by_text("You waited for the answer.")).to_be_visible()
    person.get_by_label("Your reply").fill("I will try that on Friday.")
    person.get_by_role("button", name="Send the reply").click()
    expect(person.get_by_text("I will try that on Friday.")).to_be_visible()
    expect(today(person, "Waiting for you")).to_have_count(0)


def see_the_course(reviewer: Page, person: User) -> None:
    """A chart for the team and one for the person, each with its numbers behind it."""
    reviewer.goto("/fidelity/team/")
    expect(reviewer.locator("main svg.chart a, main svg.chart circle").first).to_be_visible()
    reviewer.get_by_role("link", name=person.name, exact=True).click()
    expect(reviewer.locator("main svg.chart a, main svg.chart circle").first).to_be_visible()
    reviewer.get_by_text("The numbers behind it").first.click()
    expect(reviewer.get_by_role("cell", name="3.0")).to_be_visible()


def remind(circle: Community) -> None:
    """An hour before, on the community's own clock: one mail each, however often the tick comes."""
    session = Series.objects.get().sessions.standing().upcoming()[0]
    assert timezone.localtime(session.starts_at, circle.zone).hour == 15
    due_at = session.starts_at - timedelta(hours=1)
    with time_machine.travel(due_at - timedelta(seconds=1), tick=False):
        deliver_due()  # what people were told of the days before
        mail.outbox.clear()
        tick()
        deliver_due()
        assert mail.outbox == []
    with time_machine.travel(due_at, tick=False):
        for _again in range(3):
            tick()
            deliver_due()
    to = sorted(parseaddr(each.to[0])[1] for each in mail.outbox)
    assert to == sorted(member.email for member in circle.members())
    assert {each.subject for each in mail.outbox} == {mail.outbox[0].subject}


def see_the_reminder(member: Page) -> None:
    """The bell says what the mail said."""
    at = Series.objects.get().sessions.standing().upcoming()[0].starts_at - timedelta(hours=1)
    with time_machine.travel(at, tick=True):
        member.goto("/notices/")
        member.get_by_role("link", name=mail.outbox[0].subject).click()
        member.get_by_role("link", name="Open it").click()
        expect(member.get_by_role("link", name="Tuesday circle")).to_be_visible()


def test_the_main_job_through_every_room(page_as, cast, admin_page):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sign_in(admin_page, cast.admin)
    circle = set_up(admin_page, [cast.facilitator, cast.supervisor], tomorrow.isoformat())
    assert set(circle.members()) == {cast.facilitator, cast.supervisor}

    phone = page_as(cast.facilitator)
    laptop = page_as(cast.supervisor, width=1280)
    expect(today(phone, "Coming up").get_by_role("link").first).to_have_text("Tuesday circle")
    write_and_share(phone, cast.supervisor)
    answer(laptop, cast.facilitator)
    see_the_answer(phone, cast.supervisor)

    remind(circle)
    see_the_reminder(phone)

    review_and_release(laptop, cast.facilitator)
    read_and_reply(phone, cast.supervisor)
    see_the_course(laptop, cast.facilitator)


def test_after_signing_out_the_back_button_shows_nothing_private(page_as, cast):
    entry = make.kept(cast.facilitator, TEXT)
    phone = page_as(cast.facilitator)
    phone.goto("/reflections/")
    phone.goto(entry.get_absolute_url())
    expect(phone.get_by_text(TEXT)).to_be_visible()

    phone.get_by_role("banner").get_by_label("Your account").click()
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    for _step in range(2):
        phone.go_back()
        expect(phone.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        assert TEXT not in phone.content()
    assert phone.evaluate("localStorage.length") == 0


def test_the_core_works_without_script(page_as, cast):
    phone = page_as(cast.facilitator, java_script_enabled=False)
    phone.goto("/")
    phone.get_by_role("link", name="Write a reflection").click()
    box(phone).fill(TEXT)
    phone.get_by_role("button", name="Keep in my journal").click()
    phone.get_by_role("link", name="Share it").click()
    phone.get_by_role("button", name=f"Share with {cast.supervisor.name}").click()

    answer(page_as(cast.supervisor, java_script_enabled=False), cast.facilitator)

    see_the_answer(phone, cast.supervisor)
