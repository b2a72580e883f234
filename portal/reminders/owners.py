"""Whose rule it is: the way from its owner to an agency, found in the models themselves.

Every row reaches its agency, or its community, in at most two foreign keys; a community reaches
its home agency in one.
"""

from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from portal.agencies.models import Agency

FARTHEST = 3  # foreign keys


@cache
def way_to_agency(label: str) -> str | None:
    """The path of a query from a model to its agency; None where there is none."""
    try:
        ways: list[tuple[str, type[Model]]] = [("", apps.get_model(label))]
    except LookupError:
        return None  # an app that is gone
    if ways[0][1] is Agency:
        return "pk"
    for _turn in range(FARTHEST):
        further = []
        for path, model in ways:
            for field in model._meta.fields:
                if isinstance(field, ForeignKey):
                    to = field.related_model
                    if to is Agency:
                        return f"{path}{field.name}"
                    further.append((f"{path}{field.name}__", to))
        ways = further
    return None


def of_agency(agency: Agency, labels: list[str]) -> Q:
    """Rules of these types of owners that are the agency's. Of what stands in a journal, none."""
    found = Q(pk__in=[])
    for label in labels:
        if label.startswith("reflections."):
            continue
        if path := way_to_agency(label):
            owners = apps.get_model(label)._default_manager.filter(**{path: agency.pk})
            found |= Q(owner_type=label, owner_id__in=owners.values("pk"))
    return found
