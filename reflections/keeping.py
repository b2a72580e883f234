"""What agencies have decided about a journal, in plain words for its author: how long it is kept,
what holds it, who sees that something was written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import CharField, SmallIntegerField

from portal.agencies.access import positions_of
from portal.agencies.models import Agency, Showing
from portal.people.models import User
from portal.prepared import prepared
from reflections.models import Hold, Reflection, Retention


@dataclass
class Keeping:
    """What an author is told. `goes_at` is the end of the entry that it is about, if it has one."""

    retentions: list[Retention] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    showings: list[Showing] = field(default_factory=list)
    goes_at: datetime | None = None


def keeping_of(person: User, entry: Reflection | None = None) -> Keeping:
    """What holds for the person's journal, or for one entry of theirs. One query."""
    agencies = [entry.agency_id] if entry else [each.agency_id for each in positions_of(person)]
    told = Keeping()
    for kind, pk, agency, name, zone, since, until, years, reason in _decided(
        person.pk, sorted({pk for pk in agencies if pk})
    ):
        dated: dict[str, Any] = {
            "pk": pk,
            "agency": Agency(pk=agency, name=name, time_zone=zone),
            "since": since,
            "until": until,
        }
        if kind == "retention":
            told.retentions.append(Retention(**dated, years=years))
        elif kind == "hold":
            told.holds.append(Hold(**dated, person=person, reason=reason))
        else:
            told.showings.append(Showing(**dated))
    if entry:
        written = entry.kept_at or entry.saved_at
        told.goes_at = min((each.ends(written) for each in told.retentions), default=None)
    return told


@prepared
def _decided(person: int, agencies: list[int]) -> QuerySet[Any, Any]:
    """(kind, id, its agency's id, name and zone, since, until, years, reason), by agency."""
    theirs = Q(agency__in=agencies)
    none, nothing = Value(None, output_field=SmallIntegerField()), Value("")
    retentions = _rows("retention", Retention.objects.current().filter(theirs), F("years"), nothing)
    holds = _rows("hold", Hold.objects.current().filter(person=person), none, F("reason"))
    showings = _rows("showing", Showing.objects.current().filter(theirs), none, nothing)
    return retentions.union(holds, showings, all=True).order_by("agency__name", "since")


def _rows(kind: str, decided: QuerySet[Any], years: Any, reason: Any) -> QuerySet[Any, Any]:
    named = decided.order_by().annotate(
        kind=Value(kind, output_field=CharField()), given=years, why=reason
    )
    return named.values_list(
        "kind",
        "pk",
        "agency",
        "agency__name",
        "agency__time_zone",
        "since",
        "until",
        "given",
        "why",
    )


def holds_of(person: User) -> list[Hold]:
    """The holds that keep the person's journal now."""
    return _holds_of(person.pk)


@prepared
def _holds_of(person: int) -> QuerySet[Hold]:
    return Hold.objects.current().filter(person=person).select_related("agency")
