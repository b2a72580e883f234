"""How long a journal is kept, in plain words for its author."""

from dataclasses import dataclass
from datetime import datetime

from portal.agencies.access import positions_of
from portal.people.models import User
from reflections.models import Hold, Reflection, Retention


@dataclass(frozen=True)
class Keeping:
    """What an author is told: what their agencies decided, and what holds their journal.

    `goes_at` is the end of the entry that it is about, if it has one.
    """

    retentions: list[Retention]
    holds: list[Hold]
    goes_at: datetime | None = None


def keeping_of(person: User, entry: Reflection | None = None) -> Keeping:
    """What holds for the person's journal, or for one entry of theirs. Two queries."""
    agencies = [entry.agency_id] if entry else [each.agency_id for each in positions_of(person)]
    decided = Retention.objects.current().filter(agency__in=agencies).select_related("agency")
    retentions = list(decided)
    ends = [each.ends(entry.kept_at or entry.saved_at) for each in retentions if entry]
    return Keeping(retentions, holds_of(person), min(ends, default=None))


def holds_of(person: User) -> list[Hold]:
    """The holds that keep the person's journal now."""
    return list(Hold.objects.current().filter(person=person).select_related("agency"))
