"""Reads a document by the published JSON Schema, and says in plain words where it departs.

`instrument.schema.json` beside this file is what is published and what is checked: there is no
second list of rules. Of JSON Schema only what that file uses is known here, so that no library of
several megabytes is carried for one file; the tests hold both to the same verdicts.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FILE = Path(__file__).with_name("instrument.schema.json")
KNOWN = {
    *("type", "const", "enum", "required", "properties", "additionalProperties", "items", "$ref"),
    *("minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum"),
    *("maximum", "if", "then", "allOf", "$defs", "$schema", "title", "description"),
}
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": (int, float),
}


@dataclass(frozen=True)
class Fault:
    """Where a document is not what it should be ("items[3].kind"), and what to do."""

    path: str
    words: str

    def __str__(self) -> str:
        return f"{self.path or '(the whole)'}: {self.words}"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text())
    return found


def faults_of(document: Any) -> list[Fault]:
    """In the order of the document; none where it follows the schema."""
    return list(_faults(document, schema(), ""))


def _faults(value: Any, rule: dict[str, Any], path: str) -> Iterator[Fault]:
    if "$ref" in rule:
        yield from _faults(value, schema()["$defs"][rule["$ref"].rpartition("/")[2]], path)
    if "type" in rule and not _is(value, rule["type"]):
        yield Fault(path, _type_words(rule["type"]))
        return
    if "const" in rule and not _same(value, rule["const"]):
        yield Fault(path, _("write “%(value)s” here.") % {"value": rule["const"]})
    if "enum" in rule and not any(_same(value, each) for each in rule["enum"]):
        yield Fault(path, _("write one of: %(values)s.") % {"values": ", ".join(rule["enum"])})
    if isinstance(value, str):
        yield from _text_faults(value, rule, path)
    elif isinstance(value, list):
        yield from _list_faults(value, rule, path)
    elif isinstance(value, dict):
        yield from _object_faults(value, rule, path)
    elif isinstance(value, int | float):
        low, high = rule.get("minimum", value), rule.get("maximum", value)
        if not low <= value <= high:
            yield Fault(
                path,
                _("write a number from %(low)s to %(high)s.") % {"low": low, "high": high},
            )
    if "then" in rule and not any(_faults(value, rule["if"], path)):
        yield from _faults(value, rule["then"], path)
    for each in rule.get("allOf", ()):
        yield from _faults(value, each, path)


def _text_faults(value: str, rule: dict[str, Any], path: str) -> Iterator[Fault]:
    longest = rule.get("maxLength", len(value))
    if len(value) < rule.get("minLength", 0):
        yield Fault(path, _("write something here."))
    elif len(value) > longest:
        words = ngettext(
            "shorten it to %(n)s character.", "shorten it to %(n)s characters.", longest
        )
        yield Fault(path, words % {"n": longest})
    elif "pattern" in rule and not re.search(rule["pattern"], value):
        yield Fault(path, _pattern_words(rule["pattern"]))


def _list_faults(value: list[Any], rule: dict[str, Any], path: str) -> Iterator[Fault]:
    least, most = rule.get("minItems", 0), rule.get("maxItems", len(value))
    if len(value) < least:
        yield Fault(path, _("list %(n)s here, or more.") % {"n": least})
    if len(value) > most:
        yield Fault(path, _("list at most %(n)s here.") % {"n": most})
        return
    if rule.get("uniqueItems"):
        twice = [
            each for place, each in enumerate(value) if any(_same(each, x) for x in value[:place])
        ]
        if twice:
            yield Fault(path, _("list “%(value)s” once.") % {"value": twice[0]})
    for place, each in enumerate(value):
        yield from _faults(each, rule.get("items", {}), f"{path}[{place}]")


def _object_faults(value: dict[str, Any], rule: dict[str, Any], path: str) -> Iterator[Fault]:
    for name in rule.get("required", ()):
        if name not in value:
            yield Fault(_inside(path, name), _("this is missing: add it."))
    known = rule.get("properties", {})
    for name, each in value.items():
        if name in known:
            yield from _faults(each, known[name], _inside(path, name))
        elif rule.get("additionalProperties") is False:
            words = _("take this out, or correct its name. Known names: %(names)s.")
            yield Fault(_inside(path, name), words % {"names": ", ".join(known)})


def _inside(path: str, name: str) -> str:
    shown = name if len(name) <= 40 else f"{name[:37]}..."
    return f"{path}.{shown}" if path else shown


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, TYPES[kind]):
        return False
    if isinstance(value, float):  # 1e999 is one, to Python, and 2.0 is a whole number, to JSON
        return math.isfinite(value) and (kind != "integer" or value.is_integer())
    return True


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON is: true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _type_words(kind: str) -> str:
    return {
        "object": _("write an object here, in { }."),
        "array": _("write a list here, in [ ]."),
        "string": _("write a text here, in quotes."),
        "number": _("write a number here, without quotes."),
        "integer": _("write a whole number here, without quotes."),
    }[kind]


def _pattern_words(pattern: str) -> str:
    if pattern == schema()["$defs"]["key"]["pattern"]:
        return _("write small letters, digits and hyphens, a letter first: family-voice.")
    if pattern == schema()["$defs"]["benchmark"]["properties"]["dated"]["pattern"]:
        return _("write a date as 2026-11-28.")
    return _("take out spaces at both ends, and characters that nobody can see.")
