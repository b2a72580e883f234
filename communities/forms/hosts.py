"""Choosing who hosts: every member may."""

from django import forms

from communities.models import Community


def offer_members(field: forms.Field, community: Community) -> tuple[dict[int, str], list[int]]:
    """Let `field` choose among the community's members; their names by id, in order, and the ids
    of those who are its hosts. One query: whole people cost more to load than all else on it."""
    field.queryset = community.members()  # type: ignore[attr-defined]  # what is accepted
    rows = (
        community.belonging()
        .order_by("person__name", "person")
        .values_list("person", "person__name", "person__email", "role")
    )
    shown, hosts = {}, []
    for pk, name, email, role in rows:
        shown[pk] = name or email
        hosts += [pk] if role == "host" else []
    field.choices = [("", field.empty_label), *shown.items()]  # type: ignore[attr-defined]
    return shown, hosts
