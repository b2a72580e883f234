"""Rules of access that are not one queryset of ours."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fidelity.models import Instrument, Item, Measure, Review, Scale, Section, Version
from fidelity.models.supervised import team_of
from portal.access import Rule, record
from portal.access.rules import ask_to_sign_in
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page

NAMES = ("version__instrument", "subject", "recording")
STAYS = _("A review that was submitted stays as it is.")


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

BUILDERS = _(
    "Instruments are made by the supervisors, coaches and admins of the agency they "
    "belong to. What Trellis ships stays as it is: make a copy of your own."
)
# What the person may change: the view receives the `instrument`, or the `version`.
building = record(Instrument, "built_by", visible="visible_to", why=BUILDERS, select=("agency",))
building_version = record(
    Version, "built_by", visible="visible_to", why=BUILDERS, select=("instrument__agency",)
)
PARTS: dict[str, Any] = {"section": Section, "scale": Scale, "item": Item, "measure": Measure}


def frozen(request: HttpRequest, version: Version) -> HttpResponse:
    """The answer to a change of what is published: that it stays, and how to go on."""
    return page(request, "fidelity/versions/_frozen.html", {"version": version}, status=409)


def _admit_to_draft(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    answer = building_version.admit(request, kwargs)
    if answer is None and kwargs["version"].published_at:
        return frozen(request, kwargs["version"])
    return answer


def _admit_to_part(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    kind, pk = kwargs.pop("kind"), kwargs.pop("part")
    if answer := _admit_to_draft(request, kwargs):
        return answer
    parts = PARTS[kind].objects.filter(version=kwargs["version"], pk=pk) if kind in PARTS else []
    kwargs["part"] = next(iter(parts), None)
    if kwargs["part"] is None:
        raise Http404
    kwargs["part"].version = kwargs["version"]
    return None


# A draft that the person may change; and one of its sections, scales, items or measures.
draft = Rule("Version.built_by, a draft", _admit_to_draft)
part_of_draft = Rule("a part of a draft in Version.built_by", _admit_to_part)


def _admit_to_measure(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    pk = kwargs.pop("pk")
    measure = Measure.objects.filter(pk=pk).select_related("version").first()
    if measure is None:
        return ask_to_sign_in(request) or _nothing()
    kwargs["pk"] = measure.version_id
    answer = building_version.admit(request, kwargs)
    if answer is None:
        measure.version = kwargs.pop("version")
        kwargs["measure"] = measure
    return answer


def _nothing() -> HttpResponse:
    raise Http404


# A measure of a version that the person builds, published or not: benchmarks stay open.
measure_of_own = Rule("a measure in Version.built_by", _admit_to_measure)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def submitted_elsewhere(review: Review) -> JsonResponse:
    """For a script that saves a draft which is none any more: where it can be read. No item's
    field has a name with a colon."""
    answers = {":submitted": reverse("fidelity:reviews.show", args=[review.pk])}
    return JsonResponse({"version": review.saves, "answers": answers}, status=409)


def _admit_to_own_draft(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := ask_to_sign_in(request):
        return JsonResponse({"signed_out": True}, status=401) if wants_json(request) else answer
    assert isinstance(request.user, User)
    written = Review.objects.written_by(request.user).select_related(*NAMES)
    review = written.filter(pk=kwargs.pop("pk")).first()
    if review is None:
        raise Http404
    if review.submitted_at is None:
        kwargs["review"] = review
        return None
    if wants_json(request):
        return submitted_elsewhere(review)
    raise PermissionDenied(STAYS)


# The view receives the `review`, an open draft of who asks. A script, which cannot follow the way
# to the sign-in page and does not show ours, is told in JSON why it got nothing.
own_draft = Rule("Review.editable_by", _admit_to_own_draft)
