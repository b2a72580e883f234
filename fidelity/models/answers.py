"""Between what a form, a file or a test gives and the rows of answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fidelity.models.answer import Answer
from fidelity.scoring import Given, State

if TYPE_CHECKING:
    from fidelity.models.item import Item


@dataclass(frozen=True)
class Entry:
    """What is answered to one item. A value or a text is there exactly when it was observed."""

    state: State = State.OBSERVED
    value: float | None = None
    text: str = ""
    note: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "Entry":
        return cls(State(answer.state), answer.value, answer.text, answer.note)

    @classmethod
    def missing(cls, note: str = "") -> "Entry":
        return cls(State.MISSING, note=note)


def with_tallies(
    counted: Iterable["Item"], entries: Mapping[str, Entry], counts: Mapping[int, int]
) -> Mapping[str, Entry]:
    """Entries with what was tallied of the `counted` items. Once anything was, an item that nobody
    tallied and nobody answered did not occur: 0, and not missing."""
    if not counts:
        return entries
    found = dict(entries)
    for item in counted:
        entry = entries.get(item.key)
        if entry and (item.pk in counts or entry.state == State.MISSING):
            found[item.key] = Entry(value=float(counts.get(item.pk, 0)), note=entry.note)
    return found


def rows_of(review: Any, items: Iterable["Item"], entries: Mapping[str, Entry]) -> list[Answer]:
    """Unsaved rows for the entries. Raises ValueError for one outside its item's scale."""
    rows = []
    for item in items:
        entry = entries.get(item.key)
        if entry is None:
            continue
        if entry.value is not None and not item.allows(entry.value):
            raise ValueError(f"{item.key}: {entry.value} is outside its scale")
        rows.append(
            Answer(
                review=review,
                item=item,
                state=entry.state,
                value=entry.value,
                text=entry.text,
                note=entry.note,
            )
        )
    return rows


def given_by_key(items: Iterable["Item"], answers: Mapping[int, Answer]) -> dict[str, Given]:
    """What the formulas read, from rows by item. A text counts as nothing to compute with."""
    given = {}
    for item in items:
        answer = answers.get(item.pk)
        state = State(answer.state) if answer else State.MISSING
        value = answer.value if answer else None
        if state == State.OBSERVED and value is None:
            state = State.NOT_APPLICABLE
        given[item.key] = Given(value, state, item.maximum)
    return given
