"""Drift seen in time to coach: of one's team, and of an agency's programme."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fidelity.access import programme
from fidelity.drifts import CHARTS, available, page_of, with_people
from fidelity.models import Annotation, Review
from fidelity.models.recording import READERS
from fidelity.models.review import ReviewQuerySet
from fidelity.series import Series, monthly
from fidelity.tabs import chosen_of, tab_of
from portal import access
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page


@access.collection(Review, "of_team", "reviews")
def index(request: HttpRequest, reviews: ReviewQuerySet) -> HttpResponse:
    assert isinstance(request.user, User)
    back = reverse("fidelity:teams.show")
    found = monthly(reviews)
    return _shown(request, reviews, found, agencies_of(request.user), back, hides_small=False)


@programme
def show(request: HttpRequest, agency: Agency) -> HttpResponse:
    reviews = Review.objects.of_programme(agency)
    back = reverse("fidelity:programmes.show", args=[agency.pk])
    return _shown(
        request,
        reviews,
        available(agency.pk),
        [agency.pk],
        back,
        hides_small=True,
        team=f"{agency.pk}-",
    )


def _shown(
    request: HttpRequest,
    reviews: QuerySet[Review],
    found: list[Series],
    agencies: Sequence[int],
    back: str,
    *,
    hides_small: bool,
    team: str = "",
) -> HttpResponse:
    assert isinstance(request.user, User)
    kind = request.GET.get("chart", "run")
    chosen = chosen_of(found, request.GET.get("series", ""))
    if chosen and hides_small:
        chosen = with_people(chosen, reviews)
    shown = (
        page_of(chosen, reviews, kind=kind, agencies=agencies, hides_small=hides_small)
        if chosen
        else None
    )
    return page(
        request,
        "fidelity/drifts/show.html",
        {
            "back": back,
            "hides_small": hides_small,
            "team": team,  # whose experiment one begun here is; else the reader's own team's
            "drift": shown,
            "series": [tab_of(each, chosen) for each in found],
            "charts": [
                {
                    "label": label,
                    "url": f"?series={chosen.slug}&chart={key}",
                    "current": shown is not None and key == shown.kind,
                }
                for key, label in CHARTS.items()
                if key != "p" or chosen.benchmarks
            ]
            if chosen
            else [],
            "annotations": Annotation.objects.removable_by(request.user).filter(
                agency__in=agencies
            ),
            "can_note": bool(agencies_of(request.user, *READERS)),
        },
    )
