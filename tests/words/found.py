"""Every message that the code and the templates give to gettext.

Django's own makemessages needs the programs of GNU gettext, which a bare machine lacks; what they
find is what this finds (tests/house/test_words.py compares the two where they are there).
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("portal", "communities", "reflections", "fidelity")
STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(((?:{STRING}\s*,?\s*)+)", re.S)
QUOTED = re.compile(STRING, re.S)
TOLD = "# Translators:"


@dataclass(frozen=True)
class Message:
    """`plural` and `context` are empty where there are none; `told` is said to translators."""

    words: str
    plural: str = ""
    context: str = ""
    where: str = ""
    told: tuple[str, ...] = ()


def messages() -> list[Message]:
    """All of them, by file and in the order in which they stand there."""
    return [*in_code(), *in_templates()]


def in_code() -> Iterator[Message]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield from of_python(path.read_text(), path.relative_to(ROOT).as_posix())


def of_python(source: str, where: str) -> Iterator[Message]:
    """The messages of one module. A call without a text of its own, `_(label)`, has none."""
    tree, lines = ast.parse(source), source.splitlines()
    known = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = known.get(called(call), "")
        texts = [
            each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None
            for each in call.args
        ]
        if message := made(name.removesuffix("_lazy").removesuffix("_noop"), texts):
            yield Message(*message, where=where, told=told_above(lines, call.lineno))


def called(call: ast.Call) -> str:
    """`gettext` of `gettext(…)` and of `translation.gettext(…)`."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        return call.func.attr if call.func.value.id == "translation" else ""
    return ""


def told_above(lines: list[str], number: int) -> tuple[str, ...]:
    """The comment right above a line, where it is for translators."""
    above: list[str] = []
    for line in reversed(lines[: number - 1]):
        if not line.strip().startswith("#"):
            break
        above.insert(0, line.strip())
    begins = next((at for at, line in enumerate(above) if line.startswith(TOLD)), None)
    if begins is None:
        return ()
    return tuple(line.removeprefix("#").strip() for line in above[begins:])


def in_templates() -> Iterator[Message]:
    folder = ROOT / "templates"
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        yield from of_template(path.read_text(), path.relative_to(ROOT).as_posix())


def of_template(source: str, where: str) -> Iterator[Message]:
    for found in IN_TEMPLATE.finditer(templatize(source)):
        texts: list[str | None] = [ast.literal_eval(each) for each in QUOTED.findall(found[2])]
        if message := made("gettext" if found[1] == "_" else found[1], texts):
            yield Message(*message, where=where)


def made(name: str, texts: list[str | None]) -> tuple[str, str, str] | None:
    """(words, plural, context) of a call of gettext's, or None where it names no text."""
    context = texts.pop(0) if name in ("pgettext", "npgettext") and texts else ""
    plural = texts[1] if name in ("ngettext", "npgettext") and len(texts) > 1 else ""
    if name not in ("gettext", "ngettext", "pgettext", "npgettext") or not texts or not texts[0]:
        return None
    return texts[0], plural or "", context or ""
