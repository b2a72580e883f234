"""A formula of items, as someone who doesn't program may write it: read, named, computed. Pure.

    (cultivating + softening) / 2
    100 * complex-reflections / sum(simple-reflections, complex-reflections)

Numbers, items by their short names, + - * / and parentheses, and five functions of one item or
more: sum, mean, min, max, and count (how many of them have a value). Nothing else is read: there
is no exponent, no comparison, no name that is not an item. It is never handed to Python.

A short name may have hyphens in it, so a minus between two names wants a space on each side.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from fidelity.scoring.given import (
    MISSING,
    Given,
    NotComputable,
    Reason,
    State,
    Treatment,
    Treatments,
)
from fidelity.scoring.means import Scored

LONGEST = 500  # characters
DEEPEST = 20  # parentheses, functions and signs within each other
LARGEST = 1e12  # a number that is written in a formula
FUNCTIONS: dict[str, Callable[[Sequence[float]], float]] = {
    "sum": sum,
    "mean": lambda values: sum(values) / len(values),
    "min": min,
    "max": max,
    "count": lambda values: float(len(values)),
}
WORDS = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)"
    r"|(?P<sign>[-+*/(),]))"
)


class Wrong(StrEnum):
    """What a formula can have wrong with it."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    UNREADABLE = "unreadable"  # a sign that formulas do not have
    UNEXPECTED = "unexpected"  # a word where another belongs
    ENDS_EARLY = "ends_early"
    TOO_LARGE = "too_large"  # a number
    UNKNOWN_FUNCTION = "unknown_function"
    UNKNOWN_ITEM = "unknown_item"
    NO_ITEM = "no_item"  # nothing of a review enters it


class FormulaError(Exception):
    """A formula that cannot be read: what is wrong, with which word, at which character from 1."""

    def __init__(self, wrong: Wrong, word: str = "", at: int = 1) -> None:
        super().__init__(f"{wrong} {word!r} at {at}")
        self.wrong, self.word, self.at = wrong, word, at


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Name:
    """An item by its short name, and where that stands."""

    key: str
    at: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Negation:
    of: "Node"


@dataclass(frozen=True)
class Operation:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple["Node", ...]


Node = Number | Name | Negation | Operation | Call


@dataclass(frozen=True)
class Word:
    kind: str  # number, name, sign, or end
    text: str
    at: int


@lru_cache(maxsize=512)
def parse(text: str) -> Node:
    """The formula as a tree. Raises FormulaError, and nothing else."""
    if len(text) > LONGEST:
        raise FormulaError(Wrong.TOO_LONG, at=LONGEST + 1)
    words = list(_words(text))
    if words[0].kind == "end":
        raise FormulaError(Wrong.EMPTY)
    return _Reader(words).whole()


def names_in(node: Node) -> list[Name]:
    """The items that it names, in their order, as often as they stand there."""
    match node:
        case Name():
            return [node]
        case Negation(of):
            return names_in(of)
        case Operation(_, left, right):
            return names_in(left) + names_in(right)
        case Call(_, arguments):
            return [name for each in arguments for name in names_in(each)]
    return []


def check(text: str, keys: set[str]) -> Node:
    """The tree of a formula of items with `keys`. Raises FormulaError."""
    node = parse(text)
    names = names_in(node)
    if not names:
        raise FormulaError(Wrong.NO_ITEM)
    for name in names:
        if name.key not in keys:
            raise FormulaError(Wrong.UNKNOWN_ITEM, name.key, name.at)
    return node


def renamed(text: str, old: str, new: str) -> str:
    """The same formula with another short name for one of its items."""
    places = [name.at - 1 for name in names_in(parse(text)) if name.key == old]
    for place in sorted(places, reverse=True):
        text = text[:place] + new + text[place + len(old) :]
    return text


def formula_of(answers: Mapping[str, Given], treatments: Treatments, *, formula: str) -> Scored:
    """What the formula comes to, and how many items entered it.

    An item without a value that the measure leaves out leaves the list of a function; beside
    + - * / it leaves nothing to compute with, and the measure has no value. A zero denominator
    has none either.
    """
    reading = _Values(answers, treatments)
    return reading.value(parse(formula)), len(reading.counted)


def _words(text: str) -> Iterator[Word]:
    at = 0
    while text[at:].strip():
        found = WORDS.match(text, at)
        if found is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(Wrong.UNREADABLE, text[start], start + 1)
        kind = str(found.lastgroup)
        yield Word(kind, found[kind], found.start(kind) + 1)
        at = found.end()
    yield Word("end", "", len(text) + 1)


class _Reader:
    """From words to a tree: sums of products of factors."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words, self.place, self.depth = words, 0, 0

    @property
    def next(self) -> Word:
        return self.words[self.place]

    def whole(self) -> Node:
        node = self.sum()
        if self.next.kind != "end":
            raise self.unexpected()
        return node

    def sum(self) -> Node:
        node = self.product()
        while self.next.text in ("+", "-"):
            node = Operation(self.take(), node, self.product())
        return node

    def product(self) -> Node:
        node = self.factor()
        while self.next.text in ("*", "/"):
            node = Operation(self.take(), node, self.factor())
        return node

    def factor(self) -> Node:
        word = self.next
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(Wrong.TOO_DEEP, word.text, word.at)
        try:
            return self.inner(word)
        finally:
            self.depth -= 1

    def inner(self, word: Word) -> Node:
        if word.kind == "number":
            self.take()
            if (value := float(word.text)) > LARGEST:
                raise FormulaError(Wrong.TOO_LARGE, word.text, word.at)
            return Number(value)
        if word.kind == "name":
            self.take()
            return self.call(word) if self.next.text == "(" else Name(word.text, word.at)
        if word.text == "-":
            self.take()
            return Negation(self.factor())
        if word.text == "(":
            self.take()
            node = self.sum()
            self.expect(")")
            return node
        raise self.unexpected()

    def call(self, word: Word) -> Node:
        if word.text not in FUNCTIONS:
            raise FormulaError(Wrong.UNKNOWN_FUNCTION, word.text, word.at)
        self.expect("(")
        arguments = [self.sum()]
        while self.next.text == ",":
            self.take()
            arguments.append(self.sum())
        self.expect(")")
        return Call(word.text, tuple(arguments))

    def take(self) -> str:
        self.place += 1
        return self.words[self.place - 1].text

    def expect(self, text: str) -> None:
        if self.next.text != text:
            raise self.unexpected()
        self.take()

    def unexpected(self) -> FormulaError:
        wrong = Wrong.ENDS_EARLY if self.next.kind == "end" else Wrong.UNEXPECTED
        return FormulaError(wrong, self.next.text, self.next.at)


class _Values:
    """Computes a tree from answers, and notes which items entered it."""

    def __init__(self, answers: Mapping[str, Given], treatments: Treatments) -> None:
        self.answers, self.treatments = answers, treatments
        self.counted: set[str] = set()

    def value(self, node: Node) -> float:
        match node:
            case Number(value):
                return value
            case Name(key):
                if (found := self.of_item(key)) is None:
                    raise NotComputable(Reason.ITEM_WITHOUT_VALUE)
                return found
            case Negation(of):
                return -self.value(of)
            case Operation(sign, left, right):
                return _in_range(_operated(sign, self.value(left), self.value(right)))
            case Call(function, arguments):
                return _in_range(self.called(function, arguments))

    def called(self, function: str, arguments: tuple[Node, ...]) -> float:
        found = [self.of_item(a.key) if isinstance(a, Name) else self.value(a) for a in arguments]
        values = [value for value in found if value is not None]
        if not values and function != "count":
            raise NotComputable(Reason.NOTHING_OBSERVED)
        return FUNCTIONS[function](values)

    def of_item(self, key: str) -> float | None:
        """Its value; None where the measure leaves it out."""
        given = self.answers.get(key, MISSING)
        if given.state == State.OBSERVED:
            self.counted.add(key)
            return given.value
        treatment = self.treatments[given.state]
        if treatment == Treatment.STOP:
            raise NotComputable(Reason.ITEM_WITHOUT_VALUE)
        if treatment == Treatment.AS_ZERO:
            self.counted.add(key)
            return 0.0
        return None


def _operated(sign: str, left: float, right: float) -> float:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if right == 0:
        raise NotComputable(Reason.ZERO_DENOMINATOR)
    return left / right


def _in_range(value: float) -> float:
    """Numbers beyond what a score can be: a product of hundreds, a division by next to nothing."""
    if not math.isfinite(value):
        raise NotComputable(Reason.OUT_OF_RANGE)
    return value
