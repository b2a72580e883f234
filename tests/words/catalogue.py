"""A language's catalogue: read, brought up to date, written as people and as Django read it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.words.found import ROOT, Message

FOLDER = ROOT / "portal" / "locale"
BEGUN = datetime(2026, 11, 28, tzinfo=UTC)
HEADER = "# Trellis in another language. Written by hand; `./run words` keeps it in step."


def languages() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def path_of(language: str) -> Path:
    """The catalogue that people read; what Django reads lies beside it."""
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def write(catalog: Catalog, language: str) -> None:
    path = path_of(language)
    catalog.header_comment = HEADER
    catalog.creation_date = catalog.revision_date = BEGUN  # no line that changes every day
    with path.open("wb") as file:
        write_po(file, catalog, width=100, omit_header=False, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


def bring_up_to_date(catalog: Catalog, found: Iterable[Message]) -> None:
    """Add what is new, without a translation, and drop what is gone. Nothing is guessed."""
    template = Catalog()
    for message in found:
        template.add(
            (message.words, message.plural) if message.plural else message.words,
            context=message.context or None,
            locations=[(message.where, 1)],
            auto_comments=message.told,
        )
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()


def untranslated(catalog: Catalog) -> list[str]:
    """The words without a whole translation."""
    missing = []
    for message in catalog:
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if message.fuzzy or not all(texts):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing
