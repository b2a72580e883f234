"""The first minutes here, from the link in the email: a facilitator's to a first reflection, an
admin's from an empty agency to a first session with reminders. What it costs them is counted."""

from datetime import timedelta
from email.utils import parseaddr
from io import StringIO

import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from communities.models import Session
from portal.notices.sending import deliver_due
from portal.people.models import Letter
from portal.reminders.tick import tick
from reflections.models import Reflection
from tests.browser.steps import Counted
from tests.portal.agencies.make import invited, words_of
from tests.reflections import make

PASSWORD = "three brown birds sing"
TEXT = "She spoke first, and I waited."


def link_in(letter: Letter) -> str:
    """Where the letter leads, on whatever host."""
    word = next(each for each in words_of(letter).split() if "/agencies/invitation/" in each)
    return "/agencies" + word.partition("/agencies")[2]


def come_in(person: Counted, letter: Letter) -> None:
    """From the email to the first page: the name is there, a password is asked for."""
    person.follow_from_mail(link_in(letter))
    person.fill("Choose a password", PASSWORD)
    person.press("Begin")
    expect(person.page.get_by_role("heading", level=1)).to_contain_text("Mara")


def write_a_reflection(person: Counted) -> None:
    person.follow("Write a reflection")
    first = make.three_questions().prompts.get(place=1)
    person.write(person.page.locator(f"[name=answer_{first.pk}]"), TEXT)
    person.press("Keep in my journal")
    expect(person.page.get_by_text("Only you. It stays so until you share it.")).to_be_visible()


def invite(admin: Counted, email: str, name: str) -> None:
    admin.follow("Invite your people")
    admin.fill("Email address", email)
    admin.fill("Name", name)
    admin.press("Send the invitation")


def set_up_a_community(admin: Counted) -> None:
    admin.follow("Set up a first community")
    admin.fill("Name", "Tuesday circle")
    admin.press("Set it up")
    admin.tick("Mara Lindgren")
    admin.press("Welcome them to Tuesday circle")


def plan_sessions(admin: Counted) -> None:
    """What the form proposes is taken as it stands, reminders too."""
    admin.follow("Plan sessions")
    tomorrow = timezone.localdate() + timedelta(days=1)
    admin.fill("Title", "Evoking")
    admin.fill("From", tomorrow.isoformat())
    admin.fill("Starts at", "15:00")
    admin.press("Plan these sessions")
    expect(admin.page.get_by_role("heading", name="Evoking")).to_be_visible()


def reminded_an_hour_before(session: Session) -> list[str]:
    """Who gets a mail when the reminder comes due, however late what was told before goes out."""
    due_at = session.starts_at - timedelta(hours=1)
    with time_machine.travel(due_at - timedelta(seconds=1), tick=False):
        tick()
        deliver_due()
    mail.outbox.clear()
    with time_machine.travel(due_at, tick=False):
        tick()
        deliver_due()
    return [parseaddr(each.to[0])[1] for each in mail.outbox]


def test_invited_today_someone_keeps_a_first_reflection_on_their_phone(page_as, cast):
    invitation, _token = invited(cast.northside.agency, email="mara@example.org")
    mara = Counted(page_as(None))

    come_in(mara, invitation.letter)
    write_a_reflection(mara)

    assert mara.cost == {"presses": 4, "fields": 2}
    kept = Reflection.objects.kept().get()
    assert (kept.author.email, TEXT in kept.answers.values()) == ("mara@example.org", True)


def test_an_admin_gets_from_an_empty_agency_to_a_first_session_with_reminders(page_as, db):
    options = {"zone": "America/New_York", "admin": "mara@example.org", "stdout": StringIO()}
    call_command("found_agency", "Hillcrest", admin_name="Mara Lindgren", **options)
    mara = Counted(page_as(None, width=1280))

    come_in(mara, Letter.objects.get())
    invite(mara, "noor@example.org", "Noor Haddad")
    mara.follow("Today")
    set_up_a_community(mara)
    plan_sessions(mara)

    assert mara.cost == {"presses": 11, "fields": 7}
    assert reminded_an_hour_before(Session.objects.standing().upcoming()[0]) == ["mara@example.org"]
