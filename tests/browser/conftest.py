"""A Chromium for the whole run, and a page signed in as someone."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from portal.people.models import User
from tests.browser import chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if chromium.path() is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium: apt-get install chromium, or CHROMIUM=")
                )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.launched() as launched:
        yield launched


@pytest.fixture
def page_as(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`page_as(cast.coach)`: a page at phone size, signed in; `page_as(None)` for a visitor.

    Without the worker that answers offline, unless a test asks with `service_workers="allow"`: what
    it asks our server for is none of the other tests' business.

    Fails the test when a page raises an error or breaks the Content-Security-Policy.
    """
    contexts, complaints = [], []

    def open_page(person: User | None, *, width: int = 390, **options) -> Page:
        usual = {
            "base_url": live_server.url,
            "viewport": {"width": width, "height": 844},
            "service_workers": "block",
        }
        context = browser.new_context(**(usual | options))
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "Content Security" in said.text
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
