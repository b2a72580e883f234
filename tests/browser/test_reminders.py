"""A reminder on its way: in the bell and in the mailbox, put off, and stopped from the mail."""

import re
from datetime import datetime, timedelta

import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.notices.models import Category, Channel, Preference
from portal.notices.sending import deliver_due
from portal.people.models import User
from portal.reminders.tick import tick
from tests.communities import make

SUBJECT = re.compile("^Evoking: ")
ONE_NEW = re.compile(r"^Notices\W+1 new$")
NO_MORE = re.compile(r"https?://[^/]+(/notices/unsubscriptions/\S+)")


def mails_at(moment: datetime, person: User) -> list[str]:
    """What `person` is mailed when the clock stands at a moment."""
    with time_machine.travel(moment, tick=False):
        mail.outbox.clear()
        tick()
        deliver_due()
    return [str(each.body) for each in mail.outbox if person.email in each.to[0]]


def put_off(member: Page) -> None:
    """From the bell: the notice is gone for now."""
    member.goto("/")
    member.get_by_role("link", name=ONE_NEW).click()
    member.get_by_role("link", name=SUBJECT).click()
    member.get_by_role("link", name="Not now: bring it back later").click()
    member.get_by_label("In an hour").check()
    member.get_by_role("button", name="Bring it back then").click()
    expect(member.get_by_text("It comes back then, as new.")).to_be_visible()
    expect(member.get_by_role("link", name=SUBJECT)).to_have_count(0)


def find_it_back(member: Page) -> None:
    member.goto("/")
    member.get_by_role("link", name=ONE_NEW).click()
    expect(member.get_by_role("link", name=SUBJECT)).to_be_visible()


def stop_these_mails(visitor: Page, said: str) -> None:
    """Whoever holds the mail presses once, and isn't asked to sign in."""
    found = NO_MORE.search(said)
    assert found
    visitor.goto(found[1])
    visitor.get_by_role("button", name="Stop these emails").click()
    expect(visitor.get_by_text("You get no more email about")).to_be_visible()


def test_a_reminder_comes_is_put_off_and_its_mails_are_stopped(page_as, cast):
    circle = make.circle(cast, "Tuesday circle")
    tomorrow = timezone.localdate() + timedelta(days=1)
    series = make.series(
        circle, title="Evoking", rrule="FREQ=DAILY", starts_on=tomorrow, reminds_day_before=True
    )
    first, second = series.sessions.standing().upcoming(timezone.now() + timedelta(days=2))[:2]
    day_before, next_day = (each.starts_at - timedelta(days=1) for each in (first, second))
    member = page_as(cast.facilitator, width=1280)

    [said] = mails_at(day_before, cast.facilitator)
    with time_machine.travel(day_before):
        put_off(member)
    with time_machine.travel(day_before + timedelta(hours=1, minutes=1)):
        find_it_back(member)
    stop_these_mails(page_as(None), said)

    assert not Preference.wants(cast.facilitator, Category.SESSIONS, Channel.MAIL)
    assert mails_at(next_day, cast.facilitator) == []
    assert cast.facilitator.notices.filter(kind="session.reminder").count() == 2
