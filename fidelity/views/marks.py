"""The reviews behind a mark of a team's chart: a month, or an item in a month."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fidelity.back import back_of
from fidelity.filters import Filters
from fidelity.marks import behind, told
from fidelity.models import Review
from fidelity.models.review import ReviewQuerySet
from portal import access
from portal.web.page import page


@access.collection(Review, "of_team", "reviews")
def index(request: HttpRequest, reviews: ReviewQuerySet) -> HttpResponse:
    filters = Filters.of(request.GET)
    found = behind(reviews, filters, request.GET.get("item", ""))
    return page(
        request,
        "fidelity/marks/index.html",
        {
            "behind": found,
            "rows": told(found, here=request.get_full_path()),
            "back": back_of(request, reverse("fidelity:teams.show")),
        },
    )
