"""The first page after signing in, in a real browser."""

from playwright.sync_api import expect


def test_today_opens_without_a_complaint(page_as, cast):
    page = page_as(cast.facilitator)

    answer = page.goto("/")

    assert answer.status == 200


def test_on_a_phone_every_room_is_within_reach(page_as, cast):
    page = page_as(cast.admin, width=320)
    page.goto("/")

    page.locator(".tabbar__more summary").click()

    for room in ("Today", "Write", "Journal", "Communities", "Practice", "Notices", "Agency"):
        link = page.locator(".tabbar").get_by_role("link", name=room)
        expect(link).to_be_in_viewport(ratio=1)
