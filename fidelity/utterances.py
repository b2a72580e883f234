"""Agreement utterance by utterance, on recordings that several outside annotators coded."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.agreement.utterances import Code, agreement
from fidelity.imports.codes import SAID
from fidelity.models import Recording, Review, Utterances
from fidelity.told import Told, coefficient, share
from portal.row_versions import Version as RowVersion

COLUMNS = {
    "main_therapist_behaviour": gettext_lazy("What the therapist mainly does"),
    "reflection_exists": gettext_lazy("Whether there is a reflection"),
    "reflection_subtype": gettext_lazy("Kind of reflection"),
    "question_exists": gettext_lazy("Whether there is a question"),
    "question_subtype": gettext_lazy("Kind of question"),
    "therapist_input_exists": gettext_lazy("Whether the therapist gives input"),
    "therapist_input_subtype": gettext_lazy("Kind of input"),
    "client_talk_type": gettext_lazy("What the client's words lean to"),
}
VALUES = {
    "reflection": gettext_lazy("reflection"),
    "question": gettext_lazy("question"),
    "therapist_input": gettext_lazy("input"),
    "other": gettext_lazy("other"),
    "simple": gettext_lazy("simple"),
    "complex": gettext_lazy("complex"),
    "open": gettext_lazy("open"),
    "closed": gettext_lazy("closed"),
    "information": gettext_lazy("information"),
    "advice": gettext_lazy("advice"),
    "negotiation": gettext_lazy("negotiation"),
    "options": gettext_lazy("options"),
    "change": gettext_lazy("change"),
    "neutral": gettext_lazy("neutral"),
    "sustain": gettext_lazy("sustain"),
}


@dataclass(frozen=True)
class Line:
    """One code: a column taken whole, or one of its values against all others."""

    name: str
    is_whole: bool
    times: int
    exact: Told
    kappa: Told
    alpha: Told | None


@dataclass(frozen=True)
class Table:
    """What a column's codes came to."""

    title: str
    foot: str
    lines: list[Line]


def tables(recordings: QuerySet[Recording]) -> list[Table]:
    """A table a column, in the order of the file. One query, two where a line has changed."""
    found: dict[str, list[Code]] = {}
    written = _kept(recordings).annotate(written=RowVersion("id")).values_list("pk", "written")
    for code in _agreement(tuple(written.order_by("pk"))):
        found.setdefault(code.column, []).append(code)
    return [_table(column, codes) for column, codes in found.items()]


@lru_cache(maxsize=8)  # an agency or two; the thousand draws take a fifth of a second
def _agreement(written: tuple[tuple[int, int], ...]) -> list[Code]:
    """Of these rows, each named with its version: computed anew when one of them is another."""
    return agreement(_rows([pk for pk, _version in written]))


def _kept(recordings: QuerySet[Recording]) -> QuerySet[Utterances]:
    """The lines of recordings that were coded more than once."""
    by_many = (
        Review.objects.filter(recording__in=recordings)
        .exclude(annotator="")
        .values("recording")
        .annotate(n=Count("annotator", distinct=True))
        .filter(n__gt=1)
        .order_by()
    )
    return Utterances.objects.filter(review__recording__in=by_many.values("recording"))


def _rows(pks: list[int]) -> Iterator[dict[str, str]]:
    kept = Utterances.objects.filter(pk__in=pks)
    for recording, annotator, lines in kept.values_list(
        "review__recording", "review__annotator", "lines"
    ).order_by("review"):
        for utterance, *said in lines:
            yield {
                "transcript_id": str(recording),
                "annotator_id": annotator,
                "utterance_id": utterance,
                **dict(zip(SAID, said, strict=True)),
            }


def _table(column: str, codes: list[Code]) -> Table:
    whole = codes[0]
    foot = _(
        "n %(n)s utterances of %(conversations)s conversations, by %(raters)s outside annotators."
    ) % {
        "n": whole.utterances,
        "conversations": whole.conversations,
        "raters": whole.exact.raters,
    }
    return Table(str(COLUMNS[column]), foot, [_line(code) for code in codes])


def _line(code: Code) -> Line:
    return Line(
        name=str(VALUES.get(code.value, code.value)) if code.value else _("all kinds together"),
        is_whole=code.value is None,
        times=code.times,
        exact=share(code.exact),
        kappa=coefficient(code.kappa),
        alpha=coefficient(code.alpha) if code.alpha else None,
    )
