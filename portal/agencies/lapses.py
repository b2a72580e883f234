"""Access that ends by its date: a stand-in's last role is over, and nobody recorded a departure.

What a person may see ends at that very instant, since every permission asks for positions that hold
now. A tick then does what a departure does: devices, calendar addresses and waiting notices end.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from portal.agencies.models import Departure, Position
from portal.audit.events import record
from portal.people.models import User

BATCH = 100  # people a tick


def lapsed(at: datetime | None = None) -> QuerySet[User]:
    """People who may still sign in though all their positions are over.

    Not those whose departure is planned, which has its own tick; not those who run operations.
    """
    theirs = Position.objects.filter(person=OuterRef("pk"))
    planned = Departure.objects.planned().filter(person=OuterRef("pk"))
    return User.objects.filter(
        Exists(theirs), ~Exists(theirs.not_over(at)), ~Exists(planned), is_active=True
    ).exclude(is_staff=True)


def end_lapsed(at: datetime | None = None) -> int:
    """End the access of those whose last role is over; how many people that was."""
    at = at or timezone.now()
    return sum(
        _end(pk, at) for pk in lapsed(at).order_by("pk").values_list("pk", flat=True)[:BATCH]
    )


@transaction.atomic
def _end(pk: int, at: datetime) -> bool:
    person = lapsed(at).select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if person is None:
        return False  # another worker is at it, or they have a role again
    for agency, over in _left_by_date(person):
        departure = Departure.objects.create(agency_id=agency, person=person, by=None, at=over)
        departure.carry_out()
        if departure.ended_access:
            record("departure.by_date", on=departure, by=None, at=at)
    person.refresh_from_db(fields=["is_active"])
    return not person.is_active


def _left_by_date(person: User) -> list[tuple[int, datetime]]:
    """(agency, when the last role there was over), where no departure has ended it since."""
    over = person.positions.values("agency").annotate(over=Max("until")).order_by("over")
    carried_out = {
        (row.agency_id, row.at) for row in person.departures.exclude(carried_out_at=None)
    }
    return [
        (row["agency"], row["over"])
        for row in over
        if not any(agency == row["agency"] and at >= row["over"] for agency, at in carried_out)
    ]
