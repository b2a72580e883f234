"""What is wrong with a formula, in words that name the word and the place."""

from collections.abc import Collection
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.scoring.formula import DEEPEST, FUNCTIONS, LONGEST, FormulaError, Wrong

WORDS = {
    Wrong.EMPTY: gettext_lazy("Write a formula of items."),
    Wrong.TOO_LONG: gettext_lazy("Shorten the formula: it may have %(longest)s characters."),
    Wrong.TOO_DEEP: gettext_lazy(
        "Character %(at)s: simplify the formula. Parentheses may stand in each other %(deepest)s "
        "deep, and no deeper."
    ),
    Wrong.UNREADABLE: gettext_lazy(
        "Character %(at)s: a formula cannot have “%(word)s” in it. It has numbers, items, "
        "+ - * / and parentheses."
    ),
    Wrong.UNEXPECTED: gettext_lazy(
        "Character %(at)s: “%(word)s” cannot stand here. Between two items stands one of + - * / "
        "or, in a function, a comma."
    ),
    Wrong.ENDS_EARLY: gettext_lazy(
        "The formula ends too early. Close every parenthesis, and write something after + - * /."
    ),
    Wrong.TOO_LARGE: gettext_lazy("Character %(at)s: write a smaller number than “%(word)s”."),
    Wrong.UNKNOWN_FUNCTION: gettext_lazy(
        "Character %(at)s: there is no function “%(word)s”. There are: %(functions)s."
    ),
    Wrong.UNKNOWN_ITEM: gettext_lazy(
        "Character %(at)s: no item has the short name “%(word)s”. For a minus, put a space on "
        "each side."
    ),
    Wrong.NO_ITEM: gettext_lazy("Name at least one item, by its short name."),
}


def words_of(error: FormulaError, keys: Collection[str]) -> str:
    """What is wrong and where, and which of `keys` was probably meant."""
    said = WORDS[error.wrong] % {
        "at": error.at,
        "word": error.word,
        "longest": LONGEST,
        "deepest": DEEPEST,
        "functions": ", ".join(FUNCTIONS),
    }
    if error.wrong == Wrong.UNKNOWN_ITEM and (
        near := get_close_matches(error.word.lower(), sorted(keys), n=1)
    ):
        return _("%(said)s Did you mean “%(near)s”?") % {"said": said, "near": near[0]}
    return said
