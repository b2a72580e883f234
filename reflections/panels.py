"""What the journal adds to a community's page: the way to what was shared with it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from communities.panels import Panel, panel
from portal.people.models import User


@panel
def shared_reflections(community: Community, person: User) -> Panel | None:
    """For members: an admin who is none reads nothing that was shared with it."""
    if not community.is_joined_by(person):
        return None
    return Panel(
        title=_("Reflections shared here"),
        url=reverse("reflections:communities.show", args=[community.pk]),
        icon="journal",
        meta=_("What members chose to let this community read."),
    )
