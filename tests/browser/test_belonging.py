"""Belonging: asking to join, the agreement, and a host who leaves."""

from playwright.sync_api import expect

from tests.communities import make


def test_from_asking_to_taking_over(page_as, cast):
    circle = make.circle(cast, "Tuesday circle", takes_requests=True)
    make.series(circle, title="Evoking", host=cast.coach)

    host = page_as(cast.coach, width=1280)
    host.goto(f"/communities/{circle.pk}/")
    host.get_by_role("link", name="Write an agreement").click()
    host.get_by_role("link", name="Write an agreement").click()
    host.get_by_label("What you promise each other").fill("What is said here stays here.")
    host.get_by_role("button", name="Save and ask everyone").click()
    expect(host.get_by_text("You said yes on")).to_be_visible()

    newcomer = page_as(cast.newcomer)
    newcomer.goto("/communities/")
    newcomer.get_by_role("link", name="Communities to join").first.click()
    newcomer.get_by_role("link", name="Ask to join Tuesday circle").click()
    newcomer.get_by_label("A short message").fill("To learn with you")
    newcomer.get_by_role("button", name="Ask to join").click()
    expect(newcomer.get_by_text("No answer yet.")).to_be_visible()

    host.goto("/")
    host.get_by_role("link", name="Kofi Mensah asks to join Tuesday circle").click()
    expect(host.get_by_text("To learn with you")).to_be_visible()
    host.get_by_role("button", name="Welcome them").click()
    expect(host.get_by_role("heading", name="Tuesday circle")).to_be_visible()

    newcomer.goto("/")
    newcomer.get_by_role("link", name="Read what Tuesday circle agreed on").click()
    newcomer.get_by_role("button", name="I say yes to this").click()
    expect(newcomer.get_by_text("You accept the agreement.")).to_be_visible()

    host.get_by_role("link", name="Leave this community").click()
    expect(host.get_by_text("You are its only host.")).to_be_visible()
    host.get_by_label("Nobody yet").check()
    host.get_by_role("button", name="Leave this community").click()

    admin = page_as(cast.admin, width=1280, java_script_enabled=False)
    admin.goto(f"/communities/{circle.pk}/")
    expect(admin.get_by_text("Nobody hosts this community")).to_be_visible()
    admin.get_by_role("button", name="I will take over").click()
    expect(admin.get_by_text("Edith Moreau hosts it now")).to_be_visible()
    assert circle.series.get().host == cast.admin
