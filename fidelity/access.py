"""Rules of access that are not one queryset of ours."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from fidelity.models.supervised import team_of
from portal.access import Rule, record
from portal.access.rules import ask_to_sign_in
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User


def _admit_to_course(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := ask_to_sign_in(request):
        return answer
    assert isinstance(request.user, User)
    reader, wanted = request.user, kwargs.pop("pk")
    if wanted == reader.pk and agencies_of(reader):  # who left every agency has no course here
        person: User | None = reader
    else:
        supervised = wanted in team_of(reader)
        person = User.objects.filter(pk=wanted).first() if supervised else None
    if person is None:
        raise Http404
    kwargs["person"] = person
    return None


# The view receives the `person`: oneself, or someone whom the reader supervises or coaches.
course = Rule("own course, or of someone supervised", _admit_to_course)

# What is shown of an agency's programme: the view receives the `agency`.
programme = record(
    Agency,
    "administered_by",
    visible="visible_to",
    why=_("The programme's page is for the agency's admins."),
)
