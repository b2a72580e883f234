"""The practice of the people whom one supervises or coaches, over time."""

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fidelity import heat
from fidelity.back import here
from fidelity.cells import of_reviews
from fidelity.choices import choices_of, chosen_of
from fidelity.filters import Filters, written
from fidelity.listed import addresses
from fidelity.models import Review
from fidelity.models.review import ReviewQuerySet
from fidelity.models.supervised import team_of
from fidelity.programme import whole_agency
from fidelity.series import Series, joined
from fidelity.tiles import group_tile
from portal import access
from portal.agencies.access import agencies_of
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
    filters = Filters.of(request.GET)
    available = joined(of_reviews(reviews), filters)
    chosen = chosen_of(available, filters.series)
    marks = reverse("fidelity:marks.index")
    named = {"series": chosen.slug if chosen else "", "version": str(filters.version or "")}
    to_here = urlencode(named | {"back": here(request, "over-time")})

    def behind(month: date, item: str = "") -> str:
        on = written(month)  # with an item's key, nothing that an address must hide
        return f"{marks}?since={on}&until={on}&item={item}&{to_here}"

    return page(
        request,
        "fidelity/teams/show.html",
        {
            "people": _people(request.user, reviews),
            "tile": group_tile(
                chosen,
                address=behind,
                comparators=_agency_of(request.user, chosen),
                next_url=reverse("fidelity:reviews.new"),
            )
            if chosen
            else None,
            "heat": heat.of_team(chosen, reviews, filters, behind) if chosen else None,
            "choices": choices_of(available, chosen, filters),
            "query": filters.query,
        },
    )


def _agency_of(person: User, series: Series) -> tuple[str, ...]:
    """The agency's mean beside the team's, where there is one agency and it gives nobody away."""
    agencies = agencies_of(person)
    total = whole_agency(agencies[0], series) if len(agencies) == 1 else None
    if total is None:
        return ()
    told = {"mean": series.measure.words_for(total.mean), "n": total.n}
    return (_("The agency, over all time: %(mean)s, n %(n)s.") % told,)


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
