"""A text as words, each with where it stands and what is known of it."""

import re
import unicodedata
from typing import NamedTuple

from reflections.identifiers import vocabulary as v
from reflections.identifiers.lists import listed

# Letters, with what joins them: O'Malley, Mei-Ling. No two joints in a row, so it never goes back.
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = ".!?:;\n\r\u2022\u2013\u2014"


class Token(NamedTuple):
    """A word: `key` is its lower case without accents, a possessive 's taken off; `before` is what
    stands between it and the word before."""

    start: int
    end: int
    text: str
    key: str
    before: str
    is_capital: bool  # first letter
    begins: bool  # a sentence, a line, an item of a list
    owns: bool  # had a possessive 's

    @property
    def is_given(self) -> bool:
        return self.key in listed("given") or self.key in v.NICKNAMES

    @property
    def is_surname(self) -> bool:
        return self.key in listed("surnames")

    @property
    def is_word(self) -> bool:
        """An ordinary word, whatever else it is."""
        key = self.key
        if "'" in key:  # they've, who'd: what stands before is the word
            return key.partition("'")[0] in listed("words")
        return key in listed("words") or key in v.ALSO_WORDS or key in v.CALENDAR

    @property
    def is_plain(self) -> bool:
        """Written with a capital though it names nobody: a language, a state, a programme."""
        return self.key in v.PLAIN or (self.text.isupper() and len(self.text) > 1)

    @property
    def is_close(self) -> bool:
        """Right after the word before, with nothing but a space."""
        return self.before in (" ", "\u00a0")


def tokens_of(text: str) -> list[Token]:
    tokens: list[Token] = []
    last = 0
    for match in _WORD.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        owns = len(word) > 2 and word[-2] in "'’" and word[-1] in "sS"
        if owns:
            word, end = word[:-2], end - 2
        before = text[last:start]
        title = bool(tokens) and tokens[-1].key in v.TITLES and before in (". ", " ")
        begins = not tokens or (not title and _ends_a_sentence(before))
        tokens.append(Token(start, end, word, fold(word), before, word[0].isupper(), begins, owns))
        last = end
    return tokens


def fold(word: str) -> str:
    """Lower case, without accents."""
    lower = word.lower().replace("’", "'")
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in parts if not unicodedata.combining(c))


def _ends_a_sentence(before: str) -> bool:
    return any(c in _ENDS for c in before) or before.strip(" \t\u00a0") in ("¿", "¡", "-", "*")
