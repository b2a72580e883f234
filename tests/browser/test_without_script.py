"""Everything again with JavaScript off where it can work: what no other test tells of it."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from communities.models import Series, Session
from fidelity.models import FocusGoal
from tests.browser import test_practice as practice
from tests.browser.entrance import may_sign_in, sign_in
from tests.communities import make as communities
from tests.fidelity import make as fidelity


def say_that_one_comes(member: Page) -> None:
    member.get_by_role("link", name="Tuesday circle").first.click()
    member.get_by_label("I may come").check()
    member.get_by_role("button", name="Send my answer").click()
    expect(member.get_by_label("I may come")).to_be_checked()


def move_what_follows(host: Page, session: Session) -> None:
    host.goto(session.get_absolute_url())
    host.get_by_role("link", name="Move or change it").click()
    host.get_by_label("This and following").check()
    host.get_by_role("button", name="Go on with this").click()
    host.get_by_label("Starts at").fill("09:30")
    host.get_by_role("button", name="Change this and following").click()
    expect(host.get_by_role("link", name="What it was before")).to_be_visible()


def count_by_button(coach: Page) -> None:
    """Each press is a page; one is taken back."""
    for name in ("Simple reflections", "Complex reflections", "Affirm"):
        coach.get_by_role("button", name=name).click()
    coach.get_by_role("button", name="Undo").click()
    expect(coach.get_by_text("50%")).to_be_visible()
    coach.get_by_role("link", name="Go on to the other questions").click()


def sign_out(page: Page) -> None:
    page.get_by_role("banner").get_by_label("Your account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_a_week_of_work_without_script(page_as, cast):
    circle = communities.circle(cast, "Tuesday circle")
    in_three_days = timezone.localdate() + timedelta(days=3)
    series = communities.series(circle, starts_on=in_three_days)
    fidelity.consent(cast.facilitator, cast.northside.agency)
    may_sign_in(cast.facilitator)
    without = {"java_script_enabled": False}
    member, coach = page_as(None, **without), page_as(cast.coach, **without)

    sign_in(member, cast.facilitator)
    say_that_one_comes(member)
    move_what_follows(coach, series.sessions.standing().upcoming()[1])
    assert Series.objects.get(follows=series).local_time.hour == 9

    practice.start_a_tally(coach, cast.facilitator.name)
    count_by_button(coach)
    practice.submit_and_release(coach, cast.facilitator.name)
    practice.read_and_propose(member, cast.coach.get_short_name())
    practice.agree(coach, cast.facilitator.name)
    assert FocusGoal.objects.get().is_agreed
    sign_out(member)
