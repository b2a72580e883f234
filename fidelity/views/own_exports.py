"""One person's scores as a file: one's own as they were released, or of someone supervised."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from fidelity.access import course
from fidelity.exports.sending import sent
from fidelity.exports.tables import scores_of
from fidelity.filters import Filters
from fidelity.models import Review
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User


@course.writing_on_get()
def show(request: HttpRequest, person: User) -> HttpResponseBase:
    assert isinstance(request.user, User)
    reviews = Review.objects.about(person, request.user)
    table = scores_of(reviews, Filters.of(request.GET), _("Practice over time"))
    agency = Agency.objects.filter(pk__in=agencies_of(request.user)).first()
    return sent(request, table, on=person, agency=agency)
