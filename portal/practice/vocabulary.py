"""The vocabulary as lists of choices, kept by the process: a migration fills it, and nothing else
changes it, so that a word that is new is known after the restart that comes with its release.

The rows hold the English names; a reader gets them in their own language.
"""

from django.db.models import Value
from django.utils.translation import get_language

from portal.practice.models import Phase, Principle, Skill
from portal.practice.names import spoken

KINDS = {"principle": Principle, "phase": Phase, "skill": Skill}
Terms = dict[str, list[tuple[int, str]]]
_kept: Terms = {}
_spoken: dict[str, Terms] = {}  # by language


def terms() -> Terms:
    """(id, name) by kind (principle, phase, skill), in the order the field teaches them, in the
    reader's language."""
    language = get_language() or ""
    if language not in _spoken:
        _spoken[language] = {
            kind: [(pk, spoken(name)) for pk, name in words] for kind, words in _rows().items()
        }
    return _spoken[language]


def _rows() -> Terms:
    if not _kept:
        queries = [
            model._default_manager.order_by().values_list(Value(kind), "place", "pk", "name")
            for kind, model in KINDS.items()
        ]
        for kind, _place, pk, name in sorted(queries[0].union(*queries[1:], all=True)):
            _kept.setdefault(kind, []).append((pk, name))
    return _kept


def name_of(kind: str, pk: int | None) -> str:
    """The word's name; nothing for no word."""
    return dict(terms()[kind]).get(pk, "") if pk else ""
