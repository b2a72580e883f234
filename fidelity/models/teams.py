"""The teams that someone belongs to: the one they lead, and those of who supervises or coaches
them."""

from portal.agencies.models import Supervision
from portal.people.models import User
from portal.people.once import once
from portal.prepared import fact

Team = tuple[int, int | None]  # (agency, who leads it); without a lead it is the whole programme


@fact
def teams_of(person: User) -> list[tuple[int, int]]:
    """(agency, lead) of each: read once a request."""
    leads = Supervision.objects.current().filter(supervisor=person)
    led = Supervision.objects.current().filter(supervisee=person)
    pairs = (
        leads.values_list("agency", "supervisor")
        .order_by()
        .union(led.values_list("agency", "supervisor").order_by())
    )
    return once(person, "fidelity.teams", lambda: sorted(set(pairs)))
