"""Drift seen in time to coach: of one's team, and of an agency's programme."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fidelity.drifts import CHARTS, available, page_of
from fidelity.models import Annotation, Review
from fidelity.models.recording import READERS
from fidelity.models.review import ReviewQuerySet
from portal import access
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page


@access.collection(Review, "of_team", "reviews")
def index(request: HttpRequest, reviews: ReviewQuerySet) -> HttpResponse:
    assert isinstance(request.user, User)
    back = reverse("fidelity:teams.show")
    return _shown(request, reviews, agencies_of(request.user), back, hides_small=False)


@access.record(
    Agency,
    "administered_by",
    visible="visible_to",
    why=_("The programme's page is for the agency's admins."),
)
def show(request: HttpRequest, agency: Agency) -> HttpResponse:
    reviews = Review.objects.filter(agency=agency, recording=None).exclude(submitted_at=None)
    back = reverse("fidelity:programmes.show", args=[agency.pk])
    return _shown(request, reviews, [agency.pk], back, hides_small=True)


def _shown(
    request: HttpRequest,
    reviews: QuerySet[Review],
    agencies: Sequence[int],
    back: str,
    *,
    hides_small: bool,
) -> HttpResponse:
    assert isinstance(request.user, User)
    found = available(reviews, hides_small=hides_small)
    slug, kind = request.GET.get("series", ""), request.GET.get("chart", "run")
    first = found[0] if found else None
    chosen = next((series for series in found if series.slug == slug), first)
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
            "drift": shown,
            "series": [
                {
                    "label": f"{each.measure.version.instrument}: {each.measure}, "
                    f"{each.source_label}",
                    "url": f"?series={each.slug}",
                    "current": each is chosen,
                    "count": each.n,
                }
                for each in found
            ],
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
