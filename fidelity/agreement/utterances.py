"""Agreement on utterances: recordings that several annotators coded line by line. Pure.

The rows are those of AnnoMI in codes (fidelity.imports.codes reads the same file for counts). A
code is a column, taken whole, or one of its values against all others; both by exact agreement and
Fleiss' kappa, and the whole column by Krippendorff's alpha too, which takes gaps. Only utterances
that two annotators or more coded are looked at, of the speaker whom the code is about.

The intervals take each utterance for itself. Those of one conversation resemble each other, so with
seven conversations they are narrower than those of other conversations would be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from fidelity.agreement.alpha import Level, krippendorff_alpha
from fidelity.agreement.figure import Figure
from fidelity.agreement.kappa import fleiss_kappa
from fidelity.agreement.pairs import exact
from fidelity.agreement.ratings import Ratings

# Columns, and whose utterances they code. "n/a" in a subtype says that there is none.
COLUMNS = {
    "main_therapist_behaviour": "therapist",
    "reflection_exists": "therapist",
    "reflection_subtype": "therapist",
    "question_exists": "therapist",
    "question_subtype": "therapist",
    "therapist_input_exists": "therapist",
    "therapist_input_subtype": "therapist",
    "client_talk_type": "client",
}
NONE = "n/a"


@dataclass(frozen=True)
class Code:
    """How far annotators agree on one code. `value` is None for a column taken whole."""

    column: str
    value: str | None
    utterances: int
    conversations: int
    times: int  # how often the value was given
    exact: Figure
    kappa: Figure
    alpha: Figure | None


def agreement(rows: Iterable[Mapping[str, str]]) -> list[Code]:
    """Every column in its order, each followed by its values."""
    by_speaker: dict[str, dict[tuple[str, str], dict[str, Mapping[str, str]]]] = {}
    for row in rows:
        place = row["transcript_id"], row["utterance_id"]
        coded = by_speaker.setdefault(row["interlocutor"], {}).setdefault(place, {})
        coded[row["annotator_id"]] = row
    found = []
    for column, speaker in COLUMNS.items():
        shared = {
            place: {annotator: row[column] for annotator, row in coded.items()}
            for place, coded in by_speaker.get(speaker, {}).items()
            if len(coded) > 1
        }
        if shared:
            found += _codes(column, shared)
    return found


def _codes(column: str, shared: dict[tuple[str, str], dict[str, str]]) -> list[Code]:
    annotators = sorted({annotator for coded in shared.values() for annotator in coded})
    rows = [[coded.get(annotator) for annotator in annotators] for coded in shared.values()]
    given = [value for row in rows for value in row if value is not None]
    values = sorted(set(given))
    whole = Ratings.from_rows(rows, annotators)
    conversations = len({transcript for transcript, _utterance in shared})

    def code(value: str | None, ratings: Ratings, alpha: Figure | None) -> Code:
        return Code(
            column=column,
            value=value,
            utterances=len(rows),
            conversations=conversations,
            times=len(given) if value is None else given.count(value),
            exact=exact(ratings),
            kappa=fleiss_kappa(ratings),
            alpha=alpha,
        )

    codes = [code(None, whole, krippendorff_alpha(whole, Level.NOMINAL))]
    if column.endswith("_exists"):
        return codes  # two values: one against the other is the column again
    for value in values:
        if value != NONE:
            number = float(values.index(value))
            one = np.where(np.isnan(whole.values), np.nan, whole.values == number)
            codes.append(code(value, Ratings(one, whole.raters), None))
    return codes
