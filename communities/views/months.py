"""What I may see, on a calendar: a month as weeks, or as an agenda."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from communities.models import Commitment, Community, Session
from communities.models.session import SessionQuerySet
from communities.month import Entry, Month, month_of
from portal import access
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page

AGENDA = "agenda"


@access.collection(Session, "visible_to", "sessions")
def index(request: Request, sessions: SessionQuerySet) -> HttpResponse:
    """This month, on the reader's calendar."""
    today = timezone.localdate()
    return _answer(request, sessions, month_of(today.year, today.month))


@access.collection(Session, "visible_to", "sessions")
def show(request: Request, sessions: SessionQuerySet, year: int, month: int) -> HttpResponse:
    try:
        asked = month_of(year, month)
    except ValueError as none:
        raise Http404 from none
    return _answer(request, sessions, asked)


def _answer(request: Request, sessions: SessionQuerySet, month: Month) -> HttpResponse:
    communities = dict(
        Community.objects.visible_to(request.user).values_list("pk", "name").order_by("name", "pk")
    )
    asked = request.GET.get("community", "")
    chosen = int(asked) if asked.isascii() and asked.isdecimal() else None
    if chosen in communities:
        sessions = sessions.filter(series__community=chosen)
    else:
        chosen = None
    as_agenda = request.GET.get("as") == AGENDA
    entries = [*_sessions(sessions, month), *([] if chosen else _commitments(request.user, month))]
    weeks = month.with_entries(entries)
    query = ({"community": chosen} if chosen else {}) | ({"as": AGENDA} if as_agenda else {})
    context: dict[str, Any] = {
        "month": month,
        "weeks": weeks,
        "busy": [day for week in weeks for day in week if day.in_month and day.entries],
        "as_agenda": as_agenda,
        "communities": communities,
        "chosen": chosen,
        "previous_url": _url(*month.previous, query),
        "following_url": _url(*month.following, query),
        "now_url": reverse("communities:months.index") + _tail(query),
        "views": [
            _view(_("Month"), month, query | {"as": ""}, current=not as_agenda),
            _view(_("Agenda"), month, query | {"as": AGENDA}, current=as_agenda),
        ],
    }
    return page(request, "communities/months/show.html", context)


def _sessions(sessions: SessionQuerySet, month: Month) -> list[tuple[date, Entry]]:
    first, after = month.span()
    rows = sessions.filter(starts_at__gte=first, starts_at__lt=after).order_by("starts_at", "pk")
    return [
        (
            at.astimezone(month.zone).date(),
            Entry(
                title=title,
                url=reverse("communities:sessions.show", args=[pk]),
                icon="calendar",
                at=at,
                where=community,
                is_cancelled=cancelled is not None,
            ),
        )
        for pk, at, title, community, cancelled in rows.values_list(
            "pk", "starts_at", "series__title", "series__community__name", "cancellation"
        )
    ]


def _commitments(person: User, month: Month) -> list[tuple[date, Entry]]:
    days = month.days()
    mine = Commitment.objects.visible_to(person).open()
    return [
        (due_on, Entry(text, reverse("communities:commitments.edit", args=[pk]), "next-time"))
        for pk, text, due_on in mine.filter(due_on__range=(days[0], days[-1])).values_list(
            "pk", "text", "due_on"
        )
    ]


def _view(label: str, month: Month, query: dict[str, Any], *, current: bool) -> dict[str, Any]:
    return {"label": label, "url": _url(month.year, month.month, query), "current": current}


def _url(year: int, month: int, query: dict[str, Any]) -> str:
    return reverse("communities:months.show", args=[year, month]) + _tail(query)


def _tail(query: dict[str, Any]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"?{urlencode(given)}" if given else ""
