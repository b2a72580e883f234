"""One person's own course: raw points, own past, no verdict and no rank."""

from django.http import HttpRequest, HttpResponse

from fidelity.access import course
from fidelity.models import Review
from fidelity.series import course as series_of
from fidelity.tiles import course_tile
from portal.people.models import User
from portal.web.page import page


@course
def show(request: HttpRequest, person: User) -> HttpResponse:
    assert isinstance(request.user, User)
    reviews = Review.objects.about(person, request.user)
    tiles = [course_tile(series) for series in series_of(reviews)]
    return page(
        request,
        "fidelity/courses/show.html",
        {
            "person": person,
            "own": person == request.user,
            "observed": [tile for tile in tiles if tile.series.source != "self"],
            "self_checks": [tile for tile in tiles if tile.series.source == "self"],
        },
    )
