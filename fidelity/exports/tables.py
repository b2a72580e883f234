"""What is exported: a team's scores, one person's own, and a programme's parts."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fidelity.cells import of_agency
from fidelity.exports.table import Column, Table
from fidelity.filters import Filters, after
from fidelity.models import Answer, Review, Score
from fidelity.names import names_of
from fidelity.programme import programme_of, teams_of
from fidelity.tiles import when
from portal.agencies.models import Agency

CHUNK = 2000


def scores_of(reviews: QuerySet[Review], filters: Filters, title: str) -> Table:
    """A row a review and measure, in the order of practice; those not computable too."""
    return Table(
        title,
        [
            Column("review", _("number"), _("The review, as it is numbered here.")),
            *_about_review(),
            Column("measure", _("short name"), _("The measure, the same in every version.")),
            Column(
                "value",
                _("number"),
                _("The score; empty where it is not computable, which is not 0."),
            ),
            Column("unit", _("word"), _("What the value counts: points, percent, ratio or count.")),
            Column(
                "reason",
                _("word"),
                _(
                    "Why there is no value: zero_denominator, nothing_observed or "
                    "item_without_value."
                ),
            ),
            Column("items", _("number"), _("How many items entered the score.")),
        ],
        _scores(_asked(reviews, filters), filters),
        _notes(filters),
    )


def answers_of(reviews: QuerySet[Review], filters: Filters, title: str) -> Table:
    """A row a review and item. No evidence and no texts: they are for who reads the review."""
    return Table(
        title,
        [
            Column("review", _("number"), _("The review, as it is numbered here.")),
            *_about_review(),
            Column("item", _("short name"), _("The item, the same in every version.")),
            Column(
                "state",
                _("word"),
                _("observed, not_observed, not_applicable or missing: four things, none is 0."),
            ),
            Column("value", _("number"), _("The answer on the item's scale; yes is 1, no is 0.")),
        ],
        _answers(_asked(reviews, filters)),
        _notes(filters),
    )


def _about_review() -> list[Column]:
    return [
        Column("person", _("text"), _("Whom it is about.")),
        Column("practised_on", _("day"), _("The day of the practice.")),
        Column(
            "source",
            _("word"),
            _("observation, recording, records, self or family_survey: never to be joined."),
        ),
        Column("reviewer", _("text"), _("Who reviewed; empty where another tool's was imported.")),
        Column("instrument", _("short name"), _("The instrument.")),
        Column("version", _("number"), _("The version of the instrument.")),
    ]


def _asked(reviews: QuerySet[Review], filters: Filters) -> QuerySet[Review]:
    parts = filters.series.split(".")
    if len(parts) == 3:
        reviews = reviews.filter(version__instrument__slug=parts[0], source=parts[2])
    if filters.version:
        reviews = reviews.filter(version__number=filters.version)
    if filters.since:
        reviews = reviews.filter(practised_on__gte=filters.since)
    if filters.until:
        reviews = reviews.filter(practised_on__lt=after(filters.until))
    return reviews


ABOUT = (
    "review",
    "review__subject",
    "review__practised_on",
    "review__source",
    "review__reviewer",
    "review__version__instrument__slug",
    "review__version__number",
)
IN_ORDER = ("review__practised_on", "review")


def _scores(reviews: QuerySet[Review], filters: Filters) -> Iterator[tuple[Any, ...]]:
    found = Score.objects.filter(review__in=reviews)
    parts = filters.series.split(".")
    if len(parts) == 3:
        found = found.filter(measure__key=parts[1])
    rows = found.order_by(*IN_ORDER, "measure__place").values_list(
        *ABOUT, "measure__key", "value", "measure__unit", "reason", "counted"
    )
    return _named(reviews, rows.iterator(CHUNK))


def _answers(reviews: QuerySet[Review]) -> Iterator[tuple[Any, ...]]:
    found = Answer.objects.filter(review__in=reviews).exclude(item__kind="text")
    rows = found.order_by(*IN_ORDER, "item__place").values_list(
        *ABOUT, "item__key", "state", "value"
    )
    return _named(reviews, rows.iterator(CHUNK))


def _named(reviews: QuerySet[Review], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    pairs = reviews.order_by().values_list("subject", "reviewer").distinct()
    names = names_of({pk for pair in pairs for pk in pair if pk is not None})
    for review, subject, day, source, reviewer, *more in rows:
        yield review, names.get(subject, ""), day, source, names.get(reviewer, ""), *more


def programme_table(agency: Agency, filters: Filters, title: str) -> Table:
    """What the programme's page shows of a series, or of all: no part of 1 to 10, nor what gives
    one away; of one series its teams too."""
    found = programme_of(of_agency(agency.pk))
    series = found.series(filters)
    named = [each for each in series if each.slug == filters.series] or series
    rows: list[tuple[Any, ...]] = []
    for each in named:
        measure = each.measure
        about = (measure.version.instrument.slug, measure.key, each.source)
        groups = [(_("whole programme"), each.points)]
        if len(named) == 1:
            shown = teams_of(each, agency.pk, filters).shown
            groups += [(team.name, team.points) for team in shown]
        rows += [
            (*about, name, when(point.on, each.period), point.on, each.period, point.n, point.value)
            for name, points in groups
            for point in points
        ]
    return Table(
        title,
        [
            Column("instrument", _("short name"), _("The instrument.")),
            Column("measure", _("short name"), _("The measure, the same in every version.")),
            Column(
                "source",
                _("word"),
                _("observation, recording, records, self or family_survey: never to be joined."),
            ),
            Column(
                "group",
                _("text"),
                _("The whole programme, or those whom one person supervised on that day."),
            ),
            Column("period", _("text"), _("The month, quarter or year, in words.")),
            Column("begins", _("day"), _("The first day of the period.")),
            Column("length", _("word"), _("month, quarter or year.")),
            Column("n", _("number"), _("How many reviews have the score.")),
            Column("mean", _("number"), _("The mean of those scores.")),
        ],
        rows,
        [
            *_notes(filters),
            _(
                "Counts of 1 to 10 are left out, and with them others that would give"
                " them away. What is missing is not 0."
            ),
        ],
    )


def _notes(filters: Filters) -> list[str]:
    if not filters.query:
        return []
    return [_("Filtered by: %(filters)s") % {"filters": filters.query.replace("&", ", ")}]
