"""What apps above add to a community's page: a link and a sentence.

    @panel
    def shared_reflections(community, person):
        return Panel(title=_("Reflections shared here"), url=..., icon="journal")

They register in a module that their app config imports at start-up. A panel is for members: a
function that has nothing for this person returns None. Keep it to one query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from portal.people.models import User

if TYPE_CHECKING:
    from communities.models import Community


@dataclass(frozen=True)
class Panel:
    """A place of another app, reached from a community's page."""

    title: str | Promise
    url: str
    icon: str = "arrow-right"
    meta: str | Promise = ""


MakePanel = Callable[["Community", User], Panel | None]

panels: list[MakePanel] = []


def panel(make: MakePanel) -> MakePanel:
    """Register what makes a panel: `(community, person) -> Panel | None`."""
    if make not in panels:
        panels.append(make)
    return make


def panels_for(community: "Community", person: User) -> list[Panel]:
    """What the apps above have for this person in this community."""
    return [made for make in panels if (made := make(community, person)) is not None]
