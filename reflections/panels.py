"""What the journal adds to a community's page, the way to what was shared with it, and to a
commitment's, the way to tell what came of it."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Commitment, Community
from communities.panels import Panel, panel
from communities.ways_on import WayOn, way_on
from portal.people.models import User
from reflections.models import Reflection


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


@way_on
def tell_what_came_of_it(commitment: Commitment) -> Iterator[WayOn]:
    """For its person, whose page it is. One query."""
    new_url = reverse("reflections:follow_ups.new", args=[commitment.pk])
    yield WayOn(_("Write two lines about it"), new_url, icon="pen", posts=True)
    told = Q(commitment=commitment) | Q(follow_up__commitment=commitment)
    entry = Reflection.objects.by(commitment.person).kept().filter(told).first()
    if entry:
        url = reverse("reflections:stories.show", args=[entry.key])
        yield WayOn(_("Read it as a story"), url, icon="journal")
