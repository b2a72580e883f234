"""What a submitted review found: its scores and answers, with what its version says of them."""

from fidelity.models import Answer, Benchmark, Measure, Review, Score


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
