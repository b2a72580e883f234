"""A member posts and is answered, shares a file, and is celebrated; nothing typed is lost."""

from playwright.sync_api import expect

from communities.models import Resource
from tests.communities import make
from tests.communities.make_exchange import PDF


def test_from_a_post_to_the_answer_that_it_worked(page_as, cast):
    make.circle(cast, "Tuesday circle")
    member, host = page_as(cast.facilitator), page_as(cast.coach, width=1280)
    member.goto("/communities/exchange/")
    member.get_by_role("link", name="Post something").first.click()
    member.get_by_label("What worked").check()
    member.get_by_label("In a few words").fill("Waiting for an answer")
    member.get_by_role("button", name="Post it").click()
    expect(member.get_by_label("In a few words")).to_have_value("Waiting for an answer")
    member.get_by_label("What you did, and what happened").fill("I counted to ten, and she spoke.")
    member.get_by_role("button", name="Post it").click()
    expect(member.get_by_role("heading", name="Waiting for an answer")).to_be_visible()

    host.goto("/communities/exchange/")
    host.get_by_label("Search", exact=True).fill("counting")
    host.get_by_role("button", name="Search").click()
    expect(host.locator("mark")).to_have_text("counted")
    host.get_by_role("link", name="Waiting for an answer").click()
    host.get_by_label("Tried this too: it worked").check()
    host.get_by_label("Your words").fill("Here as well.")
    host.get_by_role("button", name="Answer").click()
    member.reload()
    expect(member.get_by_text("Here as well.")).to_be_visible()

    member.get_by_role("link", name="Remove it").click()
    member.get_by_role("button", name="Remove it").click()
    member.get_by_role("button", name="Put it back").click()
    expect(member.get_by_role("heading", name="Waiting for an answer")).to_be_visible()


def test_a_file_that_is_too_large_is_told_at_once_and_a_good_one_arrives(page_as, cast, tmp_path):
    circle = make.circle(cast)
    large, good = tmp_path / "large.pdf", tmp_path / "guide.pdf"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    good.write_bytes(PDF)
    member = page_as(cast.facilitator)
    member.goto(f"/communities/{circle.pk}/resources/new/")
    member.get_by_label("Title").fill("A guide")

    member.get_by_label("File").set_input_files(large)
    expect(member.get_by_role("alert")).to_contain_text("too large")
    member.get_by_role("button", name="Share it").click()
    expect(member.get_by_label("Title")).to_have_value("A guide")
    member.get_by_label("File").set_input_files(good)
    expect(member.get_by_role("alert")).to_have_count(0)
    member.get_by_role("button", name="Share it").click()

    with member.expect_download() as download:
        member.get_by_role("link", name="A guide", exact=True).click()
    assert download.value.suggested_filename == "guide.pdf"
    assert download.value.path().read_bytes() == PDF
    assert Resource.objects.get().content_type == "application/pdf"


def test_without_script_the_server_says_it_at_the_field(page_as, cast, tmp_path):
    circle = make.circle(cast)
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    member = page_as(cast.facilitator, java_script_enabled=False)
    member.goto(f"/communities/{circle.pk}/resources/new/")
    member.get_by_label("Title").fill("A guide")
    member.get_by_label("File").set_input_files(large)
    member.get_by_role("button", name="Share it").click()

    expect(member.locator("#id_file_field")).to_contain_text("This file is 100.0")
    expect(member.get_by_label("Title")).to_have_value("A guide")


def test_the_celebrated_chooses_who_sees_it(page_as, cast):
    circle = make.circle(cast, "Tuesday circle")
    host, member = page_as(cast.coach, width=1280), page_as(cast.facilitator)
    host.goto(f"/communities/{circle.pk}/")
    host.get_by_role("link", name="Amara Okafor Member").click()
    host.get_by_role("link", name="Celebrate something they learned").click()
    host.get_by_label("What a setback taught them").check()
    host.get_by_label("Your words to them").fill("You told us what went wrong.")
    host.get_by_role("button", name="Say it to them").click()
    expect(host.get_by_text("You told us what went wrong.")).to_have_count(0)

    member.goto("/communities/celebrations/")
    member.get_by_role("link", name="Choose who sees it").click()
    member.get_by_label("Tuesday circle, and it shows on your page there").check()
    member.get_by_role("button", name="Save").click()
    host.reload()
    expect(host.get_by_text("You told us what went wrong.")).to_be_visible()
