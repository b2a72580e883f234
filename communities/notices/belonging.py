"""Whom a notice may still reach."""

from typing import TYPE_CHECKING

from portal.people.models import User

if TYPE_CHECKING:
    from communities.models.community import Community


def belongs(person: User, community: "Community") -> bool:
    """Whether the person is a member now: asked again at the moment of sending."""
    return community.members().filter(pk=person.pk).exists()
