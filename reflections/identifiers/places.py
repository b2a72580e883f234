"""Places smaller than a state: streets, schools, churches, workplaces, towns."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from reflections.identifiers import vocabulary as v
from reflections.identifiers.findings import Finding
from reflections.identifiers.kinds import Kind
from reflections.identifiers.lists import listed
from reflections.identifiers.tokens import Token

NAMED = _("A school, church, workplace or the like, by its name.")
STREET = _("A street or an address.")
TOWN = _("A town, or a place that is named.")
ZIP = _("A ZIP code.")
BACK = 4  # words of a name before its kind

_BOX = re.compile(r"\b(?:P\.? ?O\.? ?Box|Apartado(?: Postal)?) ?#?\d{1,7}\b", re.I)
_STATE = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|PR|RI|S[CD]"
    "|T[NX]|UT|V[AT]|W[AIVY]"
)
_ZIP = re.compile(
    rf"\b(?:(?:{_STATE})\.?,? (\d{{5}}(?:-\d{{4}})?)|(\d{{5}}-\d{{4}})"
    r"|(?i:zip(?: ?code)?|c[óo]digo postal|C\.P\.)(?i: is| es|:)? ?(\d{5})"
    r"|(?:in|of|to|from|en) (\d{5}))\b(?![-.,]?\d)"
)
# After a street: "Apt 3B, Dayton, OH 45402".
_REST = re.compile(
    r"(?:\.?,? (?:(?:Apt|Apartment|Unit|Suite|Ste|Lot|Rm|Depto)\.? ?#?\w{1,6}|#\w{1,6}))?"
    rf"(?:,? [A-Z][a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}})?,? (?:{_STATE})\b)?"
    r"(?:,? \d{5}(?:-\d{4})?)?"
)
_NUMBER = re.compile(r"(?<!\d)\d{1,6}[A-Za-z]? $")
_NUMBER_AFTER = re.compile(r" ?(?:#|No\.? ?|núm\.? ?)?\d{1,5}\b")
_ORDINAL_STREET = re.compile(
    r"\b(?:\d{1,6} )?(?:(?:[NSEW]|North|South|East|West)\.? )?\d{1,3}(?:st|nd|rd|th)"
    r" (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Dr|Drive|Pl|Place)\b"
)


def places_in(text: str, tokens: list[Token], known: frozenset[str]) -> Iterator[Finding]:
    for pattern, why in ((_BOX, STREET), (_ORDINAL_STREET, STREET)):
        for match in pattern.finditer(text):
            end = _REST.match(text, match.end()).end()  # type: ignore[union-attr]  # may be empty
            yield _found(match.start(), end, why, _("[address]"))
    for match in _ZIP.finditer(text):
        group = next(n for n in range(1, 5) if match[n])
        yield _found(match.start(group), match.end(group), ZIP, _("[ZIP code]"))
    for i, token in enumerate(tokens):
        if token.key in v.STREETS or token.key in v.ROUTES or token.key in _PLACES_ANY:
            yield from _street(text, tokens, i)
            yield from _kind_after_name(tokens, i)
            yield from _kind_before_name(text, tokens, i)
        if token.is_capital and i:
            yield from _town(tokens, i, known)


def _street(text: str, tokens: list[Token], i: int) -> Iterator[Finding]:
    """ "1427 Hawthorne Avenue", "Maple Street", "Route 40"."""
    token = tokens[i]
    if token.key in v.ROUTES and token.is_capital:
        if number := re.compile(r" \d{1,4}\b").match(text, token.end):
            yield _found(token.start, number.end(), STREET, _("[address]"))
        return
    if token.key not in v.STREETS or not token.is_capital:
        return
    first = i
    while first and i - first < 3 and _names_a_place(tokens[first - 1], tokens[first]):
        first -= 1
    while first and tokens[first - 1].key in v.SIDES and tokens[first].before in (" ", ". "):
        first -= 1
    if first == i:
        return
    start = tokens[first].start
    number = _NUMBER.search(text[max(0, start - 9) : start])
    # "Dr" and "Way" end other things too: these want a number before them.
    if number is None and token.key in ("dr", "way", "pl", "place", "run", "row", "st", "loop"):
        return
    end = _REST.match(text, token.end).end() if number else token.end  # type: ignore[union-attr]
    yield _found(start - (len(number[0]) if number else 0), end, STREET, _("[address]"))


def _kind_after_name(tokens: list[Token], i: int) -> Iterator[Finding]:
    """ "Lincoln Elementary", "St. Brendan's Church", "Murphy's Auto Body"."""
    if tokens[i].key not in v.PLACES_AFTER:
        return
    first = i
    while first and i - first < BACK and _names_a_place(tokens[first - 1], tokens[first]):
        first -= 1
    named = [t for t in tokens[first:i] if t.key not in v.GENERIC and t.key not in v.PLACES_AFTER]
    while first < i and tokens[first].key in ("the", "our", "a", "at", "in"):
        first += 1
    if not named or (not tokens[i].is_capital and not _is_proper(named)):
        return
    last = i
    while (
        last + 1 < len(tokens)
        and last - i < 3
        and tokens[last + 1].is_close
        and (tokens[last + 1].is_capital)
    ):
        last += 1
    yield _found(tokens[first].start, tokens[last].end, NAMED, _kind_word(tokens[i : last + 1]))


def _kind_before_name(text: str, tokens: list[Token], i: int) -> Iterator[Finding]:
    """ "Iglesia San Judas", "Calle Olmo 45"."""
    if tokens[i].key not in v.PLACES_BEFORE or not tokens[i].is_capital:
        return
    last, named = i, False
    while last + 1 < len(tokens) and last - i < 6 and tokens[last + 1].is_close:
        follower = tokens[last + 1]
        if not follower.is_capital and follower.key not in v.JOINTS:
            break
        named = named or (follower.is_capital and follower.key not in v.PLACES_BEFORE)
        last += 1
    while last > i and not tokens[last].is_capital:
        last -= 1
    if not named or last == i:
        return
    end = tokens[last].end
    if tokens[i].key in ("calle", "avenida", "colonia") and (
        number := _NUMBER_AFTER.match(text, end)
    ):
        end = number.end()
    yield _found(tokens[i].start, end, NAMED, _kind_word(tokens[i : last + 1]))


def _town(tokens: list[Token], i: int, known: frozenset[str]) -> Iterator[Finding]:
    """ "in Chillicothe", "to Grove City", "at Kroger"."""
    token, before = tokens[i], tokens[i - 1]
    if token.is_plain or token.begins or token.key in known or token.owns:
        return
    pair = tokens[i + 1] if i + 1 < len(tokens) else None
    both = f"{token.key} {pair.key}" if pair and pair.is_close and pair.is_capital else ""
    if pair and both and pair.key in v.PLACES_AFTER | v.STREETS:
        return  # it has a kind: the rules above know it better
    # "the Honda plant": an article may stand between.
    if before.key in ("the", "la", "el") and i > 1 and token.is_close:
        before = tokens[i - 2]
    into = before.key in v.INTO_A_PLACE or before.key in v.TO_A_PLACE
    if both and both in listed("places"):
        yield _found(token.start, pair.end, TOWN, _("[town]"))  # type: ignore[union-attr]
    elif not into or token.before.strip(" "):
        if token.key in listed("places") and not (
            token.is_given or token.is_surname or token.is_word
        ):
            yield _found(token.start, token.end, TOWN, _("[town]"))
    elif before.key in v.INTO_A_PLACE or before.key in v.AT_A_BUSINESS:
        if token.is_given and token.key not in listed("places"):
            return
        if not token.is_word or (both and token.key not in v.GENERIC):
            last = pair if both and pair and pair.key not in v.CALENDAR else token
            yield _found(token.start, last.end, TOWN, _("[place]"))
    elif token.key in listed("places") and not token.is_word and not token.is_given:
        yield _found(token.start, token.end, TOWN, _("[town]"))


def _names_a_place(token: Token, follower: Token) -> bool:
    """Whether the word belongs to the name of a place that the next word goes on with."""
    joined = follower.before in (" ", ". ", "'s ", "’s ", "s' ") or (
        token.owns and "s" in follower.before
    )
    return joined and (token.is_capital or token.key == "of") and not (
        token.begins and token.is_word and token.key not in ("st",)
    )  # fmt: skip


def _is_proper(named: list[Token]) -> bool:
    """A name that the kind needs no capital after: "Lincoln elementary", "the Honda plant"."""
    return all(not t.is_word and not t.is_plain and not t.begins for t in named)


def _kind_word(tokens: list[Token]) -> Any:
    """What to say instead of the name: the kind of place, if it is a usual one."""
    keys = {token.key for token in tokens}
    for words, says in v.KINDS_OF_PLACE:
        if keys & words:
            return says
    return Kind.PLACE.replacement


def _found(start: int, end: int, why: Any, replacement: Any) -> Finding:
    return Finding(start, end, Kind.PLACE, why, replacement)


_PLACES_ANY = v.PLACES_AFTER | v.PLACES_BEFORE
