"""What a submitted review found: its scores and answers, with what its version says of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fidelity.models import Answer, Benchmark, Measure, Review, Score
from portal.web.templatetags.ui import local_day


def scores_of(review: Review) -> list[Score]:
    """In the order of the instrument, each with its measure. One query."""
    measures = {measure.pk: measure for measure in review.version.sheet.measures.all()}
    scores = list(review.scores.all())
    for score in scores:
        score.measure = measures[score.measure_id]
    return sorted(scores, key=lambda score: score.measure.place)


def answers_of(review: Review) -> list[Answer]:
    """In the order of the instrument, each with its item and the levels' labels. One query."""
    items = {item.pk: item for item in review.version.sheet.items.all()}
    answers = list(review.answers.all())
    for answer in answers:
        answer.item = items[answer.item_id]
    return sorted(answers, key=lambda answer: answer.item.place)


def comparisons(scores: list[Score]) -> list[Benchmark]:
    """The benchmarks of these scores' measures, each with its measure. One query."""
    compared = with_comparisons([score.measure for score in scores])
    return [benchmark for _measure, theirs in compared for benchmark in theirs]


def with_comparisons(measures: list[Measure]) -> list[tuple[Measure, list[Benchmark]]]:
    """Each measure with its benchmarks, which newer ones join, so they are read anew. One query."""
    found: dict[int, list[Benchmark]] = {measure.pk: [] for measure in measures}
    by_pk = {measure.pk: measure for measure in measures}
    for benchmark in Benchmark.objects.filter(measure__in=by_pk).order_by("value"):
        benchmark.measure = by_pk[benchmark.measure_id]
        found[benchmark.measure_id].append(benchmark)
    return [(measure, found[measure.pk]) for measure in measures]


@dataclass(frozen=True)
class Change:
    """One thing that an amendment changed, in words."""

    what: str
    before: str
    after: str


def changes(before: Review, after: Review) -> list[Change]:
    """What differs between two revisions, in the order of the instrument. Two queries."""
    found = []
    if before.practised_on != after.practised_on:
        days = (local_day(before.practised_on), local_day(after.practised_on))
        found.append(Change(_("Day of the practice"), *days))
    earlier = {answer.item_id: answer for answer in answers_of(before)}
    for answer in answers_of(after):
        was = earlier[answer.item_id]  # a submitted review has an answer to every item
        if was.words != answer.words:
            found.append(Change(str(answer.item), was.words, answer.words))
        if was.note != answer.note:
            evidence = _("Evidence: %(item)s") % {"item": answer.item}
            found.append(Change(evidence, was.note or "–", answer.note or "–"))
    return found
