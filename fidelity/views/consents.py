"""Consent to score recordings of one's practice: on record, and withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.access import course
from fidelity.consent_forms import ConsentForm
from fidelity.models import Consent
from fidelity.models.supervised import pairs_of
from portal import access
from portal.agencies.access import agencies_of
from portal.people.models import User
from portal.web.page import page


@course
def index(request: HttpRequest, person: User) -> HttpResponse:
    assert isinstance(request.user, User)
    today = timezone.localdate()
    found = Consent.objects.visible_to(request.user).filter(person=person)
    consents = list(found.select_related("recorded_by", "withdrawn_by"))
    return page(
        request,
        "fidelity/consents/index.html",
        {
            "person": person,
            "own": person == request.user,
            "consents": [
                (each, each.withdrawn_at is None and (not each.until or each.until >= today))
                for each in consents
            ],
        },
    )


@course
def new(request: HttpRequest, person: User) -> HttpResponse:
    assert isinstance(request.user, User)
    by = request.user
    if person == by:
        agency = agencies_of(by)[0]
    else:
        agency = next(agency for agency, supervisee in pairs_of(by) if supervisee == person.pk)
    consent = Consent(person=person, agency_id=agency, recorded_by=by)
    form = ConsentForm(request.POST if request.method == "POST" else None, instance=consent, by=by)
    if form.is_valid():
        Consent.put_on_record(form.instance, by=by)
        messages.success(request, _("The consent is on record."))
        return redirect("fidelity:consents.index", pk=person.pk)
    return page(
        request,
        "fidelity/consents/new.html",
        {"person": person, "own": person == by, "form": form},
    )


@access.record(
    Consent,
    "withdrawable_by",
    visible="visible_to",
    why=gettext_lazy("This consent was withdrawn already."),
    select=("person",),
)
def remove(request: HttpRequest, consent: Consent) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST":
        consent.withdraw(by=request.user)
        messages.success(request, _("Withdrawn. No recording is scored on it from now on."))
        return redirect("fidelity:consents.index", pk=consent.person_id)
    return page(request, "fidelity/consents/remove.html", {"consent": consent})
