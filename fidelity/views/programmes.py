"""An agency's practice as a whole, for its admins: aggregates, small groups not shown."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from fidelity.access import programme
from fidelity.models import Review
from fidelity.series import Series, monthly
from fidelity.suppression import is_small
from portal.agencies.models import Agency
from portal.web.page import page


@dataclass(frozen=True)
class Line:
    """One measure from one source; `mean` is empty where the group is too small to be shown."""

    series: Series
    n: int
    mean: str

    @property
    def is_small(self) -> bool:
        return not self.mean


@programme
def show(request: HttpRequest, agency: Agency) -> HttpResponse:
    reviews = Review.objects.of_programme(agency)
    counts = reviews.aggregate(people=Count("subject", distinct=True), reviews=Count("pk"))
    return page(
        request,
        "fidelity/programmes/show.html",
        {
            "agency": agency,
            "lines": [_line(series) for series in monthly(reviews)],
            "too_few_people": is_small(counts["people"]),
        },
    )


def _line(series: Series) -> Line:
    if is_small(series.n):
        return Line(series, series.n, "")
    mean = sum(point.value * point.n for point in series.points) / series.n
    return Line(series, series.n, series.measure.words_for(mean))
