"""The identifier check: a text in, the passages out that could tell who a family is.

Pure: nothing is stored, nothing logged. It misses things, and says so wherever it speaks: it reads
words and lists, not sense, and a family can be known by a combination that no rule has.
"""

from collections.abc import Iterable

from reflections.identifiers.dates import ages_in, dates_in
from reflections.identifiers.findings import Finding, settle
from reflections.identifiers.kinds import Kind
from reflections.identifiers.names import names_in
from reflections.identifiers.numbers import codes_in, phones_in
from reflections.identifiers.places import places_in
from reflections.identifiers.tokens import tokens_of
from reflections.identifiers.web import addresses_in

__all__ = ["Finding", "Kind", "find"]


def find(
    text: str, *, colleagues: Iterable[str] = (), familiar: Iterable[str] = ()
) -> list[Finding]:
    """The passages that may identify someone, in order and apart from each other.

    `colleagues` are names that pass where they stand in full. Of `familiar` ones, of people whom
    the author works with every week, each word passes, unless a title or a word for a relative
    before it says that it is somebody's.
    """
    tokens = tokens_of(text)
    in_full = frozenset(" ".join(t.key for t in tokens_of(name)) for name in colleagues)
    words = frozenset(t.key for name in familiar for t in tokens_of(name))
    return settle(
        [
            *addresses_in(text),
            *phones_in(text),
            *codes_in(text),
            *ages_in(text),
            *dates_in(text),
            *places_in(text, tokens, words),
            *names_in(tokens, words, in_full),
        ]
    )
