"""One person's own course: raw points, own past, goal and next step; no verdict and no rank."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fidelity import heat
from fidelity.access import course
from fidelity.back import here
from fidelity.choices import choices_of
from fidelity.filters import Filters
from fidelity.goals import open_goal
from fidelity.listed import addresses
from fidelity.next_steps import own_step, step_with
from fidelity.series import course as series_of
from fidelity.tiles import course_tile, leading_back
from portal.agencies.access import agencies_of
from portal.people.models import User
from portal.web.page import page

LATEST = 40  # marks of a series: more run into each other, and months choose among them


@course
def show(request: HttpRequest, person: User) -> HttpResponse:
    assert isinstance(request.user, User)
    filters = Filters.of(request.GET)
    available = series_of(person, request.user, filters)
    named = [each for each in available if each.slug == filters.series]
    for each in available:
        each.points = each.points[-LATEST:]
    own = person == request.user
    goal = open_goal(request.user, person.pk, agencies_of(request.user))
    # What to try next, kept apart from every score.
    step = own_step(person, goal) if own else step_with(request.user, person, goal)
    address = _to_review(here(request))
    tiles = [course_tile(each, address=address, next_url=step.url) for each in named or available]
    first = next(iter(named or available), None)
    map_of = heat.of_person(named or available, address)
    return page(
        request,
        "fidelity/courses/show.html",
        {
            "person": person,
            "own": own,
            "goal": goal,
            "step": step,
            "observed": [tile for tile in tiles if tile.series.source != "self"],
            "self_checks": [tile for tile in tiles if tile.series.source == "self"],
            "heat": map_of[0] if map_of else None,
            "heat_of": map_of[1] if map_of else None,
            "choices": choices_of(available, first, filters),
            "query": filters.query,
            "chosen": bool(named),
            "latest": LATEST,
        },
    )


def _to_review(back: str) -> Callable[[int], str]:
    show, to_here = addresses("fidelity:reviews.show"), leading_back("", back)
    return lambda pk: show(pk) + to_here
