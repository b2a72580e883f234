"""The pages behind the access matrix, as somebody in a browser opens them."""

from django.urls import reverse
from playwright.sync_api import Error, Page, Response

from tests.cast import ROLES, Cast
from tests.matrix import the_matrix

MATRIX = the_matrix()
VISITOR = "visitor"
WHO = (VISITOR, *ROLES)


def open_to(who: str) -> list[str]:
    """The URL names that give this role, or a visitor, a page."""
    return [name for name in sorted(MATRIX) if MATRIX[name].expected(who) == 200]


def shared_out() -> dict[str, str]:
    """For each URL that gives anybody a page, one who gets it: by turns, visitors where only they
    do."""
    chosen = {}
    for turn, name in enumerate(sorted(MATRIX)):
        may = [who for who in ROLES if MATRIX[name].expected(who) == 200]
        if may:
            chosen[name] = may[turn % len(may)]
        elif MATRIX[name].visitor == 200:
            chosen[name] = VISITOR
    return chosen


def address(name: str, cast: Cast) -> str:
    """A URL of this name, with what it is about made."""
    return reverse(name, kwargs=MATRIX[name].arguments(cast))


def opened(page: Page, url: str) -> Response | None:
    """The answer, once its page stands; None for a file, or an answer for machines."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message or "ERR_ABORTED" in error.message:
            return None
        raise
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return None
    return answer
