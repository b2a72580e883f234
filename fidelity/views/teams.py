"""The practice of the people whom one supervises or coaches, over time."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fidelity.listed import addresses
from fidelity.models import Review
from fidelity.models.review import ReviewQuerySet
from fidelity.models.supervised import team_of
from fidelity.series import monthly
from fidelity.tabs import chosen_of, tab_of
from fidelity.tiles import team_tile
from portal import access
from portal.people.models import User
from portal.web.page import page


class Observed(NamedTuple):
    n: int
    latest: date | None


class Listed(NamedTuple):
    """Someone of the team: their course, where a review of them begins, what was observed."""

    name: str
    url: str
    review_url: str
    observed: Observed | None


@access.collection(Review, "of_team", "reviews")
def show(request: HttpRequest, reviews: ReviewQuerySet) -> HttpResponse:
    assert isinstance(request.user, User)
    available = monthly(reviews)
    chosen = chosen_of(available, request.GET.get("series", ""))
    return page(
        request,
        "fidelity/teams/show.html",
        {
            "people": _people(request.user, reviews),
            "tabs": [tab_of(series, chosen) for series in available],
            "tile": team_tile(chosen) if chosen else None,
        },
    )


def _people(supervisor: User, reviews: ReviewQuerySet) -> list[Listed]:
    """By name, never by score, each with how many observed reviews there are and the latest."""
    observed = {
        subject: Observed(n, latest)
        for subject, n, latest in reviews.exclude(source="self")
        .values("subject")
        .annotate(n=Count("pk"), latest=Max("practised_on"))
        .order_by()
        .values_list("subject", "n", "latest")
    }
    team = User.objects.filter(pk__in=team_of(supervisor)).order_by("name", "pk")
    course, review = addresses("fidelity:courses.show"), reverse("fidelity:reviews.new")
    return [
        Listed(name or email, course(pk), f"{review}?subject={pk}", observed.get(pk))
        for pk, name, email in team.values_list("pk", "name", "email")
    ]
