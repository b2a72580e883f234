"""My year: the days on which I wrote, and the way to what I wrote then."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from communities.month import FIRST_YEAR
from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.models import Reflection
from reflections.models.reflection import ReflectionQuerySet
from reflections.years import months_of


@access.collection(Reflection, "by", "reflections")
def show(request: Request, reflections: ReflectionQuerySet, year: int) -> HttpResponse:
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    written: Iterable[Any] = (
        reflections.kept().filter(kept_at__year=year).values_list("key", "kept_at")
    )
    months = months_of(year, written, today)
    context = {
        "year": year,
        "months": months,
        "is_empty": not any(month.is_written_on for month in months),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < today.year else None,
    }
    return page(request, "reflections/years/show.html", context)
