"""Drift seen in time to coach: of one's team, and of an agency's programme."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fidelity.access import programme
from fidelity.choices import chosen_of, series_to_choose
from fidelity.drifts import CHARTS, Page, available, page_of_programme, page_of_team
from fidelity.models import Annotation, Review
from fidelity.models.recording import READERS
from fidelity.models.review import ReviewQuerySet
from fidelity.series import Series, monthly
from portal import access
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page


@access.collection(Review, "of_team", "reviews")
def index(request: HttpRequest, reviews: ReviewQuerySet) -> HttpResponse:
    assert isinstance(request.user, User)
    agencies = agencies_of(request.user)
    found = monthly(reviews)
    chosen, kind = _chosen(request, found)
    shown = page_of_team(chosen, reviews, kind=kind, agencies=agencies) if chosen else None
    return _shown(request, shown, found, agencies, reverse("fidelity:teams.show"))


@programme
def show(request: HttpRequest, agency: Agency) -> HttpResponse:
    found = available(agency.pk)
    chosen, kind = _chosen(request, found)
    shown = page_of_programme(chosen, agency, kind=kind) if chosen else None
    back = reverse("fidelity:programmes.show", args=[agency.pk])
    return _shown(request, shown, found, [agency.pk], back, of_programme=True)


def _chosen(request: HttpRequest, found: list[Series]) -> tuple[Series | None, str]:
    return chosen_of(found, request.GET.get("series", "")), request.GET.get("chart", "run")


def _shown(
    request: HttpRequest,
    shown: Page | None,
    found: list[Series],
    agencies: Sequence[int],
    back: str,
    *,
    of_programme: bool = False,
) -> HttpResponse:
    assert isinstance(request.user, User)
    chosen = shown.series if shown else None
    return page(
        request,
        "fidelity/drifts/show.html",
        {
            "back": back,
            "hides_small": of_programme,
            # Whose experiment one begun here is; else the reader's own team's.
            "team": f"{agencies[0]}-" if of_programme else "",
            "drift": shown,
            "series": series_to_choose(found, chosen),
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
