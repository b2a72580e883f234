"""Choosing who hosts: every member may."""

from operator import itemgetter

from django import forms

from communities.models import Community


def offer_members(
    field: forms.Field, community: Community, *, is_bound: bool
) -> tuple[dict[int, str], list[int]]:
    """Let `field` choose among the community's members; their names by id, in order, and the ids
    of those who are its hosts. One query: whole people cost more to load than all else on it."""
    if is_bound:  # what is accepted
        field.queryset = community.members()  # type: ignore[attr-defined]
    shown, hosts = {}, []
    for role, pk, name in sorted(community.names(), key=itemgetter(2, 1)):
        shown[pk] = name
        hosts += [pk] if role == "host" else []
    field.choices = [("", field.empty_label), *shown.items()]  # type: ignore[attr-defined]
    return shown, hosts
