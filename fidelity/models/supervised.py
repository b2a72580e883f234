"""Whose reviews a supervisor or coach reads."""

from functools import reduce
from operator import or_

from django.db.models import Q

from portal.agencies.models import Supervision
from portal.people.models import User
from portal.people.once import once
from portal.prepared import fact


def of_supervised(person: User) -> Q:
    """Reviews, in an agency, of those whom the person supervises or coaches there now.

    Lists of ids and not a subquery, as `agencies_of`.
    """
    there: dict[int, list[int]] = {}
    for agency, supervisee in pairs_of(person):
        there.setdefault(agency, []).append(supervisee)
    each = [Q(agency=agency, subject__in=people) for agency, people in there.items()]
    return reduce(or_, each) if each else Q(pk__in=[])


def team_of(person: User) -> set[int]:
    """The ids of those whom the person supervises or coaches now, anywhere."""
    return {supervisee for _agency, supervisee in pairs_of(person)}


@fact
def pairs_of(person: User) -> list[tuple[int, int]]:
    """(agency, supervisee): read once a request."""
    relations = Supervision.objects.current().filter(supervisor=person)
    pairs = relations.values_list("agency", "supervisee").distinct().order_by()
    return once(person, "fidelity.supervised", lambda: list(pairs))
