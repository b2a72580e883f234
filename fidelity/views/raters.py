"""Raters over time, each beside the master scores."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fidelity.models import CalibrationRound
from fidelity.models.calibration import RoundQuerySet
from fidelity.raters import raters
from portal import access
from portal.web.page import page


@access.collection(CalibrationRound, "visible_to", "rounds")
def index(request: HttpRequest, rounds: RoundQuerySet) -> HttpResponse:
    return page(
        request, "fidelity/raters/index.html", {"raters": raters(rounds, timezone.localdate())}
    )
