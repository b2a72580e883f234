"""Scores as a file, with a codebook: of one's team, and of a programme. Each is kept in the
audit, which is why these write on GET."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from fidelity import access as rules
from fidelity.exports.sending import sent
from fidelity.exports.tables import answers_of, programme_table, scores_of
from fidelity.filters import Filters
from fidelity.models import Review
from fidelity.models.review import ReviewQuerySet
from portal import access
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User


@access.collection(Review, "of_team", "reviews").writing_on_get()
def index(request: HttpRequest, reviews: ReviewQuerySet) -> HttpResponseBase:
    """A team's scores, or with `rows=answers` its answers item by item."""
    assert isinstance(request.user, User)
    filters = Filters.of(request.GET)
    of = answers_of if request.GET.get("rows") == "answers" else scores_of
    table = of(reviews, filters, _("Scores of my team"))
    agency = Agency.objects.filter(pk__in=agencies_of(request.user)).first()
    return sent(request, table, on=request.user, agency=agency)


@rules.programme.writing_on_get()
def show(request: HttpRequest, agency: Agency) -> HttpResponseBase:
    table = programme_table(agency, Filters.of(request.GET), _("Practice in the programme"))
    return sent(request, table, on=agency, agency=agency)
