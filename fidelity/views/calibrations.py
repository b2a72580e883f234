"""Calibration rounds: those of the agency, one alone, opening one, closing it early."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.calibration_forms import RoundForm
from fidelity.models import CalibrationRound, Review
from fidelity.models.calibration import RoundQuerySet
from fidelity.models.recording import READERS
from portal import access
from portal.agencies.access import agencies_of, holds
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page

SHOWN = 50
NAMES = ("version__instrument", "agency", "master", "opened_by")


@access.collection(CalibrationRound, "visible_to", "rounds")
def index(request: HttpRequest, rounds: RoundQuerySet) -> HttpResponse:
    assert isinstance(request.user, User)
    counted = (
        rounds.select_related("version__instrument", "agency")
        .annotate(
            wanted=Count("seats"),
            submitted=Count("seats", filter=Q(seats__review__submitted_at__isnull=False)),
        )
        .order_by("-opened_at", "-pk")  # what counts by groups forgets the model's own order
    )
    return page(
        request,
        "fidelity/calibrations/index.html",
        {
            "rounds": counted[:SHOWN],
            "can_open": bool(agencies_of(request.user, *READERS)),
        },
    )


@access.record(CalibrationRound, "visible_to", "round_", select=NAMES)
def show(request: HttpRequest, round_: CalibrationRound) -> HttpResponse:
    assert isinstance(request.user, User)
    seats = Review.objects.filter(seat__round=round_).select_related("reviewer", "recording")
    reviews = list(seats.order_by("recording", "reviewer__name", "pk"))
    context = {
        "round": round_,
        "reviews": reviews,
        "mine": [r for r in reviews if r.reviewer == request.user and r.submitted_at is None],
        "submitted": sum(review.submitted_at is not None for review in reviews),
        "recordings": sorted({str(review.recording) for review in reviews}),
        "raters": sorted({str(review.reviewer) for review in reviews}),
        "can_close": CalibrationRound.objects.closable_by(request.user)
        .filter(pk=round_.pk)
        .exists(),
    }
    if round_.closed_at:
        from fidelity.calibrations import lines  # reads numpy, which nobody else should wait for

        context["items"], context["measures"] = lines(round_)
        found = round_.calibrations.select_related("rater").order_by("rater__name", "pk")
        context["calibrations"] = [(each, round(100 * each.within_one)) for each in found]
    return page(request, "fidelity/calibrations/show.html", context)


@holds(*READERS)
def new(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    agency = Agency.objects.get(pk=agencies_of(request.user, *READERS)[0])
    form = RoundForm(request.POST or None, by=request.user, agency=agency)
    if form.is_valid():
        with transaction.atomic():
            opened = form.open(by=request.user)
        messages.success(request, _("The round is open. Each rater finds it under Today."))
        return redirect(opened)
    return page(request, "fidelity/calibrations/new.html", {"form": form, "agency": agency})


@access.record(
    CalibrationRound,
    "closable_by",
    "round_",
    visible="visible_to",
    why=gettext_lazy("An open round is closed by whoever opened it, or by an admin."),
    select=NAMES,
)
def edit(request: HttpRequest, round_: CalibrationRound) -> HttpResponse:
    assert isinstance(request.user, User)
    waiting = Review.objects.filter(seat__round=round_, submitted_at=None)
    if request.method == "POST":
        round_.close_without_missing(by=request.user)
        messages.success(request, _("The round is closed, and everybody's scores can be read."))
        return redirect(round_)
    return page(
        request,
        "fidelity/calibrations/edit.html",
        {
            "round": round_,
            "waiting": waiting.select_related("reviewer", "recording").order_by("reviewer__name"),
        },
    )
