"""A person at a page, of whom it is counted what they press and what they fill in."""

from playwright.sync_api import Locator, Page


class Counted:
    """`presses` are links, buttons and boxes; `fields` are what is typed into or chosen from.

    What stands filled in already costs nobody anything, and isn't counted.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.fields = 0

    def follow_from_mail(self, link: str) -> None:
        self.presses += 1
        self.page.goto(link)

    def follow(self, name: str) -> None:
        self._press(self.page.get_by_role("link", name=name, exact=True).first)

    def press(self, name: str) -> None:
        self._press(self.page.get_by_role("button", name=name, exact=True))

    def tick(self, label: str) -> None:
        self._press(self.page.get_by_label(label, exact=True))

    def fill(self, label: str, text: str) -> None:
        self.write(self.page.get_by_label(label, exact=True), text)

    def write(self, box: Locator, text: str) -> None:
        self.fields += 1
        box.fill(text)

    @property
    def cost(self) -> dict[str, int]:
        return {"presses": self.presses, "fields": self.fields}

    def _press(self, what: Locator) -> None:
        self.presses += 1
        what.click()
