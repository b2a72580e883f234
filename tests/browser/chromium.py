"""Debian's Chromium, driven by Playwright, with nothing that reaches for the network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def path() -> str | None:
    """Where a Chromium is, or None."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser, closed at the end. Raises RuntimeError where there is none."""
    executable = path()
    if executable is None:
        raise RuntimeError("No Chromium was found. Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
