"""What was written, as it is kept: text by the id of the prompt it answers."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

LONGEST = 50_000  # characters in one answer, about 8,000 words

Answers = dict[str, str]


class TooLong(ValueError):
    """An answer holds more than LONGEST characters; its message says by how many."""

    def __init__(self, prompt: str, length: int) -> None:
        self.prompt = prompt
        over = length - LONGEST
        limit = ngettext(
            "This is %(over)s character longer than an answer can be (%(longest)s).",
            "This is %(over)s characters longer than an answer can be (%(longest)s).",
            over,
        ) % {"over": f"{over:,}", "longest": f"{LONGEST:,}"}
        super().__init__(f"{limit} {_('Shorten it, or go on in the next box.')}")


def tidy(text: str) -> str:
    """The text with one kind of line end and without NUL, which nobody types and the database
    cannot hold. Nothing else is touched."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def tidied(answers: Mapping[object, str]) -> Answers:
    """Answers as they are kept. Raises TooLong."""
    kept = {str(prompt): tidy(text) for prompt, text in answers.items()}
    for prompt, text in kept.items():
        if len(text) > LONGEST:
            raise TooLong(prompt, len(text))
    return kept


def first_words(answers: Answers) -> str:
    """The first answer that says something, or ""."""
    return next((text.strip() for text in answers.values() if text.strip()), "")


def has_words(answers: Answers) -> bool:
    return any(text.strip() for text in answers.values())
