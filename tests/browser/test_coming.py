"""A member says that they come, the host reads it; sessions go to a calendar; hours to a paper."""

from playwright.sync_api import expect

from tests.communities import make, make_hours


def test_from_an_answer_to_a_certificate(page_as, cast):
    circle = make.circle(cast, "Fridays")
    session = make.session(circle)
    make_hours.attended(cast.facilitator, circle, minutes=90)

    member = page_as(cast.facilitator)
    member.goto(session.get_absolute_url())
    member.get_by_label("I may come").check()
    member.get_by_label("A short message to the host").fill("The bus is unsure")
    member.get_by_role("button", name="Send my answer").click()
    expect(member.get_by_label("I may come")).to_be_checked()

    host = page_as(cast.coach, width=1280)
    host.goto(session.get_absolute_url())
    expect(host.get_by_text("Maybe: 1")).to_be_visible()
    expect(host.get_by_text("The bus is unsure")).to_be_visible()

    member.goto("/communities/calendar/")
    member.get_by_label("What is in it").select_option("Fridays")
    member.get_by_role("button", name="Make an address").click()
    expect(member.get_by_role("heading", name="Your address")).to_be_visible()
    member.get_by_role("link", name="End it").click()
    member.get_by_role("button", name="End this address").click()
    expect(member.get_by_role("heading", name="Addresses in use")).to_have_count(0)
    member.get_by_role("link", name="Choose invitations").click()
    member.get_by_label("Send me calendar invitations by mail").check()
    member.get_by_role("button", name="Save").click()
    expect(member.get_by_text("You get an invitation for each series")).to_be_visible()

    member.goto("/communities/hours/?first=2026-01-01&last=2026-06-30")
    expect(member.get_by_text("1:30 hours in 1 session.")).to_be_visible()
    member.get_by_role("link", name="Make a certificate").click()
    made = member.request.post(
        member.url,
        form={
            "first": "2026-01-01",
            "last": "2026-06-30",
            "csrfmiddlewaretoken": member.locator("[name=csrfmiddlewaretoken]").first.input_value(),
        },
    )
    assert made.headers["content-type"] == "application/pdf"
