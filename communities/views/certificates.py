"""Certificates of hours: made from what was attended, read as PDF, checked by their code."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from communities.forms.hours import CodeForm, PeriodForm
from communities.hours import hours_of
from communities.models import Certificate
from portal import access
from portal.agencies.access import positions_of
from portal.audit.events import record
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def new(request: Request) -> HttpResponse:
    """For a period: seen first, made on POST."""
    asked = request.POST if request.method == "POST" else request.GET
    form = PeriodForm.asked(asked, timezone.localdate())
    hours = hours_of(request.user, **form.cleaned_data) if form.is_valid() else None
    if request.method == "POST" and hours and hours.attended:
        positions = positions_of(request.user)
        certificate = Certificate.issue(
            request.user,
            agency=positions[0].agency if positions else None,
            first=hours.first,
            last=hours.last,
            attended=[each.as_kept() for each in hours.attended],
        )
        record("certificate.issued", on=certificate, by=request.user, agency=certificate.agency)
        return redirect("communities:certificates.show", certificate.pk)
    context = {"form": form, "hours": hours}
    return page(request, "communities/certificates/new.html", context)


@access.record(Certificate, "issued_to", select=("person", "agency"))
def show(request: Request, certificate: Certificate) -> HttpResponse:
    """The paper, as it was issued."""
    from communities.certificate import pdf_of  # reads fpdf2, as portal/web/paper.py says

    check_at = settings.PUBLIC_URL + reverse("communities:certificates.index")
    response = HttpResponse(pdf_of(certificate, check_at), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="hours-{certificate.first}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@access.public
def index(request: HttpRequest) -> HttpResponse:
    """Whoever was shown a certificate asks whether its code is ours. No name is told."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    found = Certificate.objects.filter(code=code).first() if code else None
    context = {"form": form, "code": code, "certificate": found}
    return page(request, "communities/certificates/index.html", context)
