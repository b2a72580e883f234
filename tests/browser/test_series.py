"""A host changes one session, and those that follow, and puts them back; usable by everybody."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from communities.models import Series, Session
from tests.browser import faults
from tests.communities import make


@pytest.fixture
def session(cast) -> Session:
    agency = cast.northside.agency
    agency.country, agency.subdivision = "US", "MO"
    agency.save()
    circle = make.circle(cast)
    series = make.series(
        circle, title="Evoking", on_holidays="skip", starts_on=timezone.localdate(), host=cast.coach
    )
    other = make.community(agency, "Supervisors' circle")
    make.membership(cast.coach, other)
    make.series(other, title="Second Tuesday", starts_on=timezone.localdate(), host=cast.coach)
    return series.sessions.upcoming()[1]


def test_a_host_changes_what_follows_and_one_of_it(page_as, cast, session):
    host = page_as(cast.coach, width=1280)
    host.goto(session.get_absolute_url())
    host.get_by_role("link", name="Move or change it").click()
    host.get_by_label("This and following").check()
    host.get_by_role("button", name="Go on with this").click()

    expect(host.get_by_text("Dae Kim hosts Second Tuesday then on")).to_be_visible()
    host.get_by_label("Starts at").fill("09:30")
    host.get_by_label("Starts at").blur()
    expect(host.locator("#preview li").first).to_contain_text("9:30 a.m.")
    expect(host.get_by_text("Dae Kim hosts Second Tuesday then on")).to_have_count(0)
    host.get_by_role("button", name="Change this and following").click()
    expect(host.get_by_role("link", name="What it was before")).to_be_visible()
    following = Series.objects.get(follows=session.series)
    assert session in following.sessions.all()

    host.goto(session.get_absolute_url())
    host.get_by_role("link", name="Move or change it").click()
    day = session.original_day + timedelta(days=1)
    host.get_by_label("Day").fill(day.isoformat())
    host.get_by_role("button", name="Change this session").click()
    expect(host.get_by_text("Moved from")).to_be_visible()
    host.get_by_role("link", name="Put it back").click()
    host.get_by_role("button", name="Put it back").click()
    expect(host.get_by_text("Moved from")).to_have_count(0)

    host.get_by_role("link", name="Call it off").click()
    host.get_by_label("Only this one").check()
    host.get_by_role("button", name="Call it off and tell members").click()
    host.get_by_role("link", name="Let it take place after all").click()
    host.get_by_role("button", name="Let it take place").click()
    expect(host.get_by_role("link", name="Call it off")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_its_pages_are_usable_by_everyone(page_as, cast, session, width, scheme):
    page = page_as(cast.admin, width=width, color_scheme=scheme)
    wrong = {}
    here = session.get_absolute_url()
    for url in (
        f"{here}edit/",
        f"{here}move/",
        f"{here}move/remove/",
        f"{here}continuation/",
        f"{here}cancellation/",
        f"{here}cancellation/remove/",
        f"{session.series.get_absolute_url()}rotation/",
        f"/agencies/{cast.northside.agency.pk}/policy/",
    ):
        page.goto(url)
        if found := Axe().run(page).response["violations"]:
            wrong[url] = [(v["id"], v["nodes"][0]["html"]) for v in found]
        if too_wide := faults.of_width(page, width):
            wrong[url] = [*wrong.get(url, []), *too_wide]

    assert wrong == {}


def test_the_regions_are_those_of_the_country_that_is_chosen(page_as, cast, session):
    admin = page_as(cast.admin, width=1280)
    admin.goto(f"/agencies/{cast.northside.agency.pk}/policy/")
    admin.get_by_label("Country").select_option("CA")
    admin.get_by_label("State or region").select_option("QC")
    admin.get_by_role("button", name="Save").click()

    expect(admin.get_by_label("State or region")).to_have_value("QC")
