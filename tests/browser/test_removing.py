"""An author removes an entry on a phone, brings it back, and takes the journal along; an admin sets
how long journals are kept, and holds one."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reflections.models import Hold, Reflection, Retention
from tests.reflections import make


def test_an_author_removes_an_entry_brings_it_back_and_takes_the_journal_along(page_as, cast):
    entry = make.kept(cast.facilitator, "She spoke first")
    Retention.objects.decide(cast.northside.agency, 3, by=cast.admin)
    make.hold(cast)
    author = page_as(cast.facilitator)
    author.goto(entry.get_absolute_url())
    expect(author.get_by_text("under a legal hold")).to_be_visible()

    author.get_by_role("link", name="Remove it").click()
    author.get_by_role("button", name="Remove it").click()
    author.get_by_role("link", name="Removed", exact=True).click()
    expect(author.get_by_text("The legal hold keeps it")).to_be_visible()
    assert not Axe().run(author).response["violations"]
    author.get_by_role("button", name="Bring it back").click()
    expect(author.get_by_text("Only you can read it then")).to_have_count(0)
    assert list(Reflection.objects.by(cast.facilitator)) == [entry]

    author.get_by_role("link", name="Your journal").click()
    author.get_by_role("link", name="Take it with you").click()
    assert not Axe().run(author).response["violations"]
    with author.expect_download() as download:
        author.get_by_role("button", name="Download the PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("width", [390, 1280])
def test_an_admin_holds_a_journal_and_ends_it(page_as, cast, width):
    admin = page_as(cast.admin, width=width)
    admin.goto(cast.northside.agency.get_absolute_url())
    admin.get_by_role("link", name="Journals").click()
    admin.get_by_label("Years that reflections are kept").fill("3")
    admin.get_by_role("button", name="Save").click()
    admin.get_by_role("link", name="Hold a journal").click()
    admin.get_by_label("Whose journal").select_option(str(cast.facilitator.pk))
    admin.get_by_label("Why").fill("A lawsuit")
    admin.get_by_role("button", name="Hold this journal").click()
    expect(admin.get_by_text("A lawsuit")).to_be_visible()
    assert not Axe().run(admin).response["violations"]
    admin.get_by_role("link", name="End it").click()
    admin.get_by_role("button", name="End it").click()
    expect(admin.get_by_text("No journal is held.")).to_be_visible()
    assert not Hold.objects.current().exists()
