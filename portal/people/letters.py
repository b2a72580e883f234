"""Write account mail: kept in the caller's transaction, handed to a worker once that holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from portal.people.background import after_commit
from portal.people.models import Letter


def write(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Letter:
    """Render `template`.subject.txt, .txt and .html and post the letter."""
    letter = render(template, to=to, context=context, at=at, expires_at=expires_at)
    letter.save()
    hand_over([letter])
    return letter


def render(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Letter:
    """The letter, not saved yet."""
    subject, text, html = (
        render_to_string(f"{template}.{part}", context) for part in ("subject.txt", "txt", "html")
    )
    frame = render_to_string("people/emails/_frame.html", {"subject": subject, "body": html})
    return Letter.draft(to=to, subject=subject, text=text, html=frame, at=at, expires_at=expires_at)


def hand_over(letters: Sequence[Letter]) -> None:
    """Let a worker send them after the commit. Without a broker the sweep does, a minute later."""
    for letter in letters:
        after_commit("portal.people.tasks.deliver_letter", letter.pk)
