"""What somebody typed into a form that could not be taken in: handed back, to be sent once more.

It stays on the page, in the browser of whoever typed it: kept here, a journal would lie where
nobody knows whose it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render, resolve_url

# Names, or parts of names, of what is never written onto a page.
SECRETS = {"csrfmiddlewaretoken", "password", "password1", "password2", "code", "credential"}
SIGNING_IN = "/accounts/"


@dataclass(frozen=True)
class Typed:
    """Where it was sent, and what: each pair a field's name and its words."""

    url: str
    pairs: list[tuple[str, str]]
    had_files: bool

    def texts(self) -> list[str]:
        """What reads as somebody's words, and not as a choice or a number."""
        return [words for _name, words in self.pairs if len(words.split()) > 1]


def typed(request: HttpRequest) -> Typed | None:
    """What a form of ours sent. None when there is nothing, or when another site may have sent it:
    its words are not to be offered as one's own."""
    if request.method != "POST" or not from_here(request):
        return None
    try:
        sent, files = request.POST, request.FILES
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return None
    pairs = [
        (name, words)
        for name, values in sent.lists()
        if SECRETS.isdisjoint(re.split("[-_]", name))
        for words in values
        if isinstance(words, str)
    ]
    if not any(words.strip() for _name, words in pairs):
        return None
    return Typed(request.get_full_path(), pairs, bool(files))


def from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this portal sent it; silence is a no."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(said) and urlsplit(said).netloc == request.get_host()


class SignedOutMiddleware:
    """A session that ended in the middle of a form: a page with what was sent, in place of the way
    to the sign-in page, on which it would be gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return self.get_response(request)
        answer = self.get_response(request)
        if not sent_to_sign_in(answer) or request.path.startswith(SIGNING_IN):
            return answer
        sent = typed(request) if by_a_person(request) else None
        return render(request, "401.html", {"typed": sent}, status=401) if sent else answer


def sent_to_sign_in(answer: HttpResponse) -> bool:
    where = urlsplit(answer.headers.get("Location", "")).path
    return where == resolve_url(settings.LOGIN_URL)


def by_a_person(request: HttpRequest) -> bool:
    """Whether a browser waits for a page, and not one of our scripts for an answer."""
    return "text/html" in request.headers.get("Accept", "") and not request.headers.get(
        "HX-Request"
    )
