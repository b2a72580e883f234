"""How far a change of a session reaches: this one, this and following, or all to come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.models import Session
from portal.prepared import prepared

SCOPES = ("this", "following", "all")
CHANGES: dict[str, str | Promise] = {
    "this": gettext_lazy("Another day, hour, length or host, once. You can put it back."),
    "following": gettext_lazy("Another rhythm from this session on. Earlier ones stay."),
    "all": gettext_lazy("Another rhythm for everything to come. What was held stays."),
}
CALLS_OFF: dict[str, str | Promise] = {
    "this": gettext_lazy("The series goes on. You can let it take place after all."),
    "following": gettext_lazy("The session before it is the last."),
    "all": gettext_lazy("The series ends now. What was held stays."),
}
NAMES: dict[str, str | Promise] = {
    "this": gettext_lazy("Only this one"),
    "following": gettext_lazy("This and following"),
    "all": gettext_lazy("All to come"),
}


@dataclass(frozen=True)
class Scope:
    """One answer to "how far?", what it does, and how many sessions it touches."""

    value: str
    name: str | Promise
    does: str | Promise
    touches: str
    chosen: bool


def scopes_of(
    session: Session, words: dict[str, str | Promise], chosen: str, at: datetime | None = None
) -> list[Scope]:
    """The three answers for a session. One query."""
    at = at or timezone.now()
    counts = next(
        iter(_to_come(session.series_id, session.original_day, at)), {"all": 0, "following": 0}
    )
    parts = session.series.recurrence.parts
    endless = parts.count is None and parts.until is None
    return [
        Scope(value, NAMES[value], words[value], _touches(value, counts, endless), value == chosen)
        for value in SCOPES
    ]


def _touches(value: str, counts: dict[str, int], endless: bool) -> str:
    if value == "this":
        return _("1 session")
    count = counts[value]
    words = ngettext("%(n)d session", "%(n)d sessions", count) % {"n": count}
    return (
        _("%(sessions)s planned so far, and all later ones") % {"sessions": words}
        if endless
        else words
    )


@prepared
def _to_come(series: int, day: date, at: datetime) -> QuerySet[Any, Any]:
    """How many sessions stand after an instant, and how many of them follow a day."""
    following = Count("pk", filter=Q(original_day__gte=day))
    coming = Session.objects.filter(series=series).standing().filter(starts_at__gt=at)
    return coming.order_by().values("series").annotate(all=Count("pk"), following=following)
