"""An admin sets up a community and its rhythm; a member finds the session and takes one thing."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from communities.models import Commitment, Series
from tests.browser import faults
from tests.communities import make


def test_from_founding_to_the_first_commitment(page_as, cast):
    admin = page_as(cast.admin, width=1280)
    admin.goto("/communities/")
    admin.get_by_role("link", name="Set up a community").first.click()
    admin.get_by_label("Name").fill("Tuesday circle")
    admin.get_by_role("button", name="Set it up").click()
    admin.get_by_label("Amara Okafor").check()
    admin.get_by_label("Dae Kim").check()
    admin.get_by_role("button", name="Welcome them to Tuesday circle").click()
    admin.get_by_role("link", name="Plan sessions").click()

    tomorrow = timezone.localdate() + timedelta(days=1)
    admin.get_by_label("Title").fill("Evoking")
    admin.get_by_label("From").fill(tomorrow.isoformat())
    admin.get_by_label("Starts at").fill("15:00")
    admin.get_by_label("Starts at").blur()
    expect(admin.locator("#preview li")).to_have_count(12)  # before anything is saved
    assert Series.objects.count() == 0
    admin.get_by_role("button", name="Plan these sessions").click()
    expect(admin.get_by_role("heading", name="Evoking")).to_be_visible()

    member = page_as(cast.facilitator)
    member.goto("/communities/")
    member.get_by_role("link", name="Tuesday circle").click()
    member.locator("main .rows a").first.click()
    member.get_by_role("link", name="Next time I will").click()
    member.get_by_label("Next time I will").fill("Ask before I tell")
    member.get_by_label("Bring it back on").fill((tomorrow + timedelta(days=7)).isoformat())
    member.get_by_role("button", name="Save").click()
    expect(member.get_by_text("Ask before I tell")).to_be_visible()
    assert Commitment.objects.get().sessions.count() == 1


def test_a_rhythm_is_planned_without_script(page_as, cast):
    circle = make.circle(cast)
    host = page_as(cast.coach, java_script_enabled=False)
    host.goto(f"/communities/{circle.pk}/series/new/")
    host.get_by_label("Title").fill("Evoking")
    host.get_by_label("From").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    host.get_by_label("Starts at").fill("15:00")

    host.get_by_role("button", name="Show the dates").click()
    expect(host.locator("#preview li")).to_have_count(12)
    expect(host.get_by_label("Title")).to_have_value("Evoking")
    assert Series.objects.count() == 0
    host.get_by_role("button", name="Plan these sessions").click()

    assert Series.objects.get().title == "Evoking"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_pages_are_usable_by_everyone(page_as, cast, width, scheme):
    circle = make.circle(cast)
    session = make.session(circle)
    mine = session.promise(
        person=cast.coach, text="Ask first", due_on=timezone.localdate() + timedelta(days=3)
    )
    page = page_as(cast.coach, width=width, color_scheme=scheme)
    wrong = {}
    for url in (
        "/communities/",
        f"/communities/{circle.pk}/",
        f"/communities/{circle.pk}/edit/",
        f"/communities/{circle.pk}/members/new/",
        f"/communities/{circle.pk}/series/new/",
        f"/communities/series/{session.series.pk}/",
        f"/communities/sessions/{session.pk}/",
        f"/communities/sessions/{session.pk}/agenda/",
        f"/communities/sessions/{session.pk}/cancellation/",
        "/communities/commitments/",
        f"/communities/commitments/{mine.pk}/",
        "/communities/calendar/",
    ):
        page.goto(url)
        found = Axe().run(page).response["violations"]
        if found:
            wrong[url] = [(v["id"], v["nodes"][0]["html"]) for v in found]
        if too_wide := faults.of_width(page, width):
            wrong[url] = [*wrong.get(url, []), *too_wide]

    assert wrong == {}
