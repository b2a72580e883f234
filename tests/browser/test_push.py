"""A notice that a push service brings to a browser: shown, and a way to what it is about."""

import json

import pytest
from playwright.sync_api import Page

CLICK = """
async () => {
  // A click that no person made opens and focuses nothing: that part is the browser's.
  WindowClient.prototype.focus = async function () { return this; };
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}
"""
SHOWN = """
async () => {
  for (let looks = 0; looks < 100; looks++) {
    const shown = await registration.getNotifications();
    if (shown.length) return shown.map(({ title, tag, data }) => [title, tag, data.path]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return [];
}
"""


@pytest.fixture
def pushed(page_as, cast):
    """A page with our worker behind it, and what hands this worker a push."""
    page = page_as(cast.facilitator, service_workers="allow", permissions=["notifications"])
    page.goto("/")
    page.evaluate("navigator.serviceWorker.register('/worker.js')")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    line = page.context.new_cdp_session(page)
    registrations: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.extend(
            each["registrationId"] for each in told["registrations"] if not each["isDeleted"]
        ),
    )
    line.send("ServiceWorker.enable")

    def push(said: str) -> list[list[str]]:
        while not registrations:  # told by and by
            page.wait_for_timeout(20)
        line.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": page.evaluate("location.origin"),
                "registrationId": registrations[-1],
                "data": said,
            },
        )
        return page.context.service_workers[0].evaluate(SHOWN)

    return page, push


def click(page: Page) -> None:
    page.context.service_workers[0].evaluate(CLICK)


def test_it_is_shown_and_a_click_leads_to_what_it_is_about(pushed):
    page, push = pushed

    shown = push(json.dumps({"title": "Time to reflect", "tag": "n7", "path": "/notices/?n=7"}))
    click(page)

    page.wait_for_url("**/notices/?n=7")
    assert shown == [["Time to reflect", "n7", "/notices/?n=7"]]
    assert (
        page.context.service_workers[0].evaluate(
            "async () => (await registration.getNotifications()).length"
        )
        == 0
    )


def test_a_push_that_is_none_of_ours_leads_to_the_notices(pushed):
    page, push = pushed

    shown = push("nothing of ours")
    click(page)

    page.wait_for_url("**/notices/")
    assert shown == [["Trellis", "", "/notices/"]]


def test_a_path_that_leads_elsewhere_leads_nowhere(pushed):
    page, push = pushed
    before = page.url

    push(json.dumps({"title": "Come", "path": "https://elsewhere.example/"}))
    click(page)
    page.wait_for_timeout(300)

    assert [each.url for each in page.context.pages] == [before]
