"""Work for the background: what a roster brought or left, and departures whose day has come."""

from celery import shared_task
from django.db.utils import IntegrityError

from portal.agencies import lapses
from portal.agencies.models import Departure, Invitation, Roster
from portal.agencies.roster.carry_out import import_now


@shared_task
def write_invitations() -> None:
    """Write the letters of invitations that were imported without one."""
    Invitation.objects.write_waiting_letters()


@shared_task
def carry_out_departures() -> None:
    """End what ends for those whose last day is over."""
    for departure in Departure.objects.due().order_by("at")[:100]:
        departure.carry_out()


@shared_task
def end_lapsed_access() -> None:
    """End devices, calendar addresses and notices of those whose last role ended by its date."""
    lapses.end_lapsed()


@shared_task
def forget_rosters() -> None:
    """Forget uploaded rosters that nobody said yes to within a day."""
    Roster.objects.expired().delete()


@shared_task
def import_rosters() -> None:
    """Carry out the large rosters that were confirmed; one that does not fit any more goes back
    to its admin, who looks at it again."""
    for roster in Roster.objects.confirmed().select_related("agency", "by").order_by("pk"):
        try:
            plan = import_now(roster)
        except IntegrityError:
            plan = None
        if plan is None or plan.problems:
            Roster.objects.filter(pk=roster.pk).update(confirmed_at=None)
