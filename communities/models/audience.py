"""For whom a community is: everyone who works with families in its agencies, or supervisors only.

domain.md: "Supervisors separately". A coach who isn't a supervisor, and an admin, aren't in the
supervisors' circle: it is where those who answer for others' practice speak freely.
"""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Role
from portal.agencies.models.standing import agencies_of
from portal.people.models import User


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("everyone in its agencies")
    SUPERVISORS = "supervisors", _("supervisors only")


ROLES: dict[str, tuple[str, ...]] = {
    Audience.EVERYONE: (),
    Audience.SUPERVISORS: (Role.SUPERVISOR,),
}


def opens_to(person: User, path: str = "") -> Q:
    """Communities that the person's positions open: the one condition behind every membership.

    `path` leads from a row to its community (`"community"`). Beware: it joins the spans, so a row
    may come twice.
    """
    return opened_by(employers_of(person), path)


def employers_of(person: User) -> list[list[int]]:
    """The ids of the agencies that open a community to the person, a list for each audience."""
    return [agencies_of(person, *roles) for roles in ROLES.values()]


def opened_by(employers: Sequence[list[int]], path: str = "") -> Q:
    """`opens_to` for somebody of these `employers_of`."""
    prefix = f"{path}__" if path else ""
    opened = Q(pk__in=[])
    for audience, agencies in zip(ROLES, employers, strict=True):
        if agencies:
            theirs = Q(**{f"{prefix}agency__in": agencies})
            theirs |= Q(**{f"{prefix}spans__agency__in": agencies})
            opened |= theirs & Q(**{f"{prefix}audience": audience})
    return opened
