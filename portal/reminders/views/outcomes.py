"""What became of an agency's notices in the last days: what went, what was held back, and why.

Numbers only: whom something was held back from, since they had switched it off or were asleep, is
theirs. Who has a mail that failed for good stands in `agencies:failures.index`. Of journals nothing
is told, not even that there was something.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise

from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.notices.kinds import Category, kinds
from portal.notices.models import Delivery, Reason, State
from portal.people.requests import Request
from portal.reminders.kinds import kinds as reminder_kinds
from portal.reminders.models import Occurrence, Rule
from portal.web.page import page

A_PAGE = 50
BACK = timedelta(days=7)
SHOWN = ("sent", "held", "missed")


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    shown = request.GET.get("show")
    shown = shown if shown in SHOWN else SHOWN[0]
    since = timezone.now() - BACK
    rows: Any = _missed(agency, since) if shown == "missed" else _mails(agency, since, shown)
    this = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    words = _said_of_rules if shown == "missed" else _said_of_mails
    context = {"agency": agency, "page": this, "rows": list(words(this)), "shown": shown}
    return page(request, "reminders/outcomes/index.html", context)


def _mails(agency: Agency, since: datetime, shown: str) -> Any:
    """Each telling once: its kind, when it was due, what became of it, and how many mails."""
    told = [name for name, kind in kinds.items() if kind.category != Category.REFLECTIONS]
    ended = Delivery.objects.filter(
        settled_at__gte=since, notice__kind__in=told, notice__recipient__in=agency.people()
    )
    sent = {"state": State.HANDED_OFF}
    ended = ended.filter(**sent) if shown == "sent" else ended.exclude(**sent)
    return (
        ended.values("notice__kind", "notice__due_at", "state", "reason")
        .annotate(n=Count("pk"), last=Max("settled_at"))
        .order_by("-last", "notice__kind", "state", "reason")
    )


def _said_of_mails(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for row in rows:
        why: str | Promise = ""
        if row["state"] != State.HANDED_OFF:
            why = Reason(row["reason"]).label if row["reason"] else State(row["state"]).label
        yield {
            "title": kinds[row["notice__kind"]].title,
            "due_at": row["notice__due_at"],
            "at": row["last"],
            "people": row["n"],
            "why": why,
        }


def _missed(agency: Agency, since: datetime) -> Any:
    """What came due, and was told nobody."""
    rules = Rule.objects.of_agency(agency)
    made = Occurrence.objects.filter(due_at__gte=since, rule__in=rules)
    silent = made.exclude(outcome=Occurrence.Outcome.TOLD).select_related("rule")
    return silent.order_by("-due_at", "-pk")


def _said_of_rules(rows: Iterable[Occurrence]) -> Iterable[dict[str, Any]]:
    for row in rows:
        kind = reminder_kinds.get(row.rule.kind)
        yield {
            "title": kind.title if kind else row.rule.kind,
            "due_at": row.due_at,
            "at": row.made_at,
            "people": 0,
            "why": row.get_outcome_display(),
        }
