"""The journal as Markdown, to read anywhere. What was typed stands as a quotation, character for
character: its own signs are escaped, so that no line of it turns into a heading or a link."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reflections.exports.journal import Journal
from reflections.exports.words import Passage, about, head_of, passages_of, title_of

SIGNS = re.compile(r"([\\`*_\[\]<>|~#&])")  # what Markdown would read as more than a character
AT_THE_START = re.compile(r"^([ \t]*\d*)([-+=.)])", re.MULTILINE)  # of a list, or under a heading


def written(journal: Journal) -> Iterator[str]:
    """The head, then one entry after another."""
    yield "# " + _("Your journal") + "\n\n" + "\n\n".join(escaped(s) for s in head_of(journal))
    for entry in journal.entries():
        parts = [f"\n\n---\n\n## {escaped(title_of(entry))}", f"*{escaped(about(entry))}*"]
        parts += [_passage(each) for each in passages_of(entry)]
        yield "\n\n".join(parts)
    yield "\n"


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it was typed."""
    return AT_THE_START.sub(r"\1\\\2", SIGNS.sub(r"\\\1", text))


def _passage(passage: Passage) -> str:
    parts = [f"### {escaped(passage.heading)}"]
    if passage.text:
        lines = escaped(passage.text.strip("\n")).split("\n")
        parts.append("\n".join(f"> {line}  " for line in lines))  # two spaces keep a line a line
    if passage.notes:
        parts.append("\n".join(f"- {escaped(note)}" for note in passage.notes))
    return "\n\n".join(parts)
