"""What is in the menu for this person."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.agencies.access import has_role, positions_of
from portal.agencies.models import Role
from portal.home.engine import Part, stuck_since_running, watches
from portal.notices.models import unread_of
from portal.people.models import User

WATCHED = {"today", "agency"}  # places whose pages say it to admins when something stands still
# Which of a menu's places a page belongs to, by the URL's app, or by the URL itself.
PLACES = {
    "home:today.index": "today",
    "reflections": "journal",
    "reflections:reflections.new": "write",
    "reflections:prompt_sets.index": "agency",
    "reflections:prompt_sets.new": "agency",
    "reflections:prompt_sets.edit": "agency",
    "reflections:prompt_sets.remove": "agency",
    "reflections:retentions.edit": "agency",
    "reflections:holds.new": "agency",
    "reflections:holds.remove": "agency",
    "communities": "communities",
    "fidelity": "practice",
    "notices": "notices",
    "agencies": "agency",
    "reminders": "agency",
}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context of every page's frame: the menu, the person's colours, and what is unread.

    Two queries for a signed-in person (positions, unread notices), none for a visitor; one more
    for who watches over the portal, on the day and on their agency's pages.
    """
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"navigation": [], "theme": "", "unread": None, "stuck": []}
    match = request.resolver_match
    here = PLACES.get(match.view_name) or PLACES.get(match.app_name or "") if match else None
    return {
        "navigation": [
            {"label": label, "icon": icon, "url": url, "current": place == here}
            for place, label, icon, url in menu_of(person)
        ],
        "theme": person.theme,
        "unread": unread_of(person) or None,
        "stuck": partial(_stuck, person, here),
    }


def _stuck(person: User, here: str | None) -> list[Part]:
    """What stands still, for those who can have it looked after. Asked by whole pages alone."""
    if here not in WATCHED or not watches(person):
        return []
    return stuck_since_running(timezone.now())


def menu_of(person: User) -> list[tuple[str, str, str, str]]:
    """(place, label, icon, URL), the ones for a thumb first."""
    menu = [
        ("today", _("Today"), "today", reverse("home:today.index")),
        ("write", _("Write"), "pen", reverse("reflections:reflections.new")),
        ("journal", _("Journal"), "journal", reverse("reflections:reflections.index")),
        (
            "communities",
            _("Communities"),
            "community",
            reverse("communities:communities.index"),
        ),
        ("practice", _("Practice"), "chart", reverse("fidelity:reviews.index")),
        ("notices", _("Notices"), "bell", reverse("notices:notices.index")),
    ]
    if has_role(person, Role.ADMIN):
        agency = next(p.agency for p in positions_of(person) if p.role == Role.ADMIN)
        url = reverse("agencies:people.index", kwargs={"pk": agency.pk})
        menu.append(("agency", _("Agency"), "agency", url))
    return menu
