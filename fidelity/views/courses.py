"""One person's own course: raw points, own past, goal and next step; no verdict and no rank."""

from django.http import HttpRequest, HttpResponse

from fidelity.access import course
from fidelity.goals import open_goal
from fidelity.models import Review
from fidelity.next_steps import own_step, step_with
from fidelity.series import course as series_of
from fidelity.tiles import course_tile
from portal.agencies.access import agencies_of
from portal.people.models import User
from portal.web.page import page


@course
def show(request: HttpRequest, person: User) -> HttpResponse:
    assert isinstance(request.user, User)
    own = person == request.user
    goal = open_goal(request.user, person.pk, agencies_of(request.user))
    reviews = Review.objects.about(person, request.user)
    tiles = [course_tile(series) for series in series_of(reviews)]
    return page(
        request,
        "fidelity/courses/show.html",
        {
            "person": person,
            "own": own,
            "goal": goal,
            "step": own_step(person, goal) if own else step_with(request.user, person, goal),
            "observed": [tile for tile in tiles if tile.series.source != "self"],
            "self_checks": [tile for tile in tiles if tile.series.source == "self"],
        },
    )
