"""Through the sign-in page, as a person would."""

from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from portal.people.models import User

PASSWORD = "five-quiet-minutes"


def may_sign_in(person: User) -> None:
    """Give the person a password and a confirmed address."""
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def give_password(page: Page, person: User) -> None:
    """Fill in the page that asks who one is, and send it."""
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_in(page: Page, person: User) -> None:
    page.goto("/")
    give_password(page, person)
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.get_short_name())
