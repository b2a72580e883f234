"""Who can read an entry, in names: for the page, and for the button that shares."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Community, Membership
from portal.agencies.models import Supervision
from portal.people.models import User
from portal.prepared import prepared
from reflections.models import Reflection
from reflections.models.share import Standing, standing_of

Members = list[tuple[int, str]]  # ids and names


@dataclass(frozen=True)
class Audience:
    """One reader, or one community with the names of its people besides the author."""

    kind: str  # "user" or "community"
    id: int
    name: str
    people: list[str] = field(default_factory=list)
    ids: frozenset[int] = frozenset()
    share: Standing | None = None
    relation: str = ""

    @property
    def value(self) -> str:
        """How a form names it: "community-3"."""
        return f"{self.kind}-{self.id}"

    def reader(self) -> User | Community:
        """The person or the community itself; read when it is shared with them."""
        if self.kind == "user":
            return User.objects.get(pk=self.id)
        return Community.objects.get(pk=self.id)

    @property
    def words(self) -> str:
        """ "Carol Lindqvist", "the 14 people of Northside Fridays"."""
        if self.kind == "user":
            return self.name
        count = len(self.people)
        if not count:
            return _("%(community)s, where nobody else is yet") % {"community": self.name}
        return ngettext(
            "%(count)d other person of %(community)s",
            "the %(count)d people of %(community)s",
            count,
        ) % {"count": count, "community": self.name}


def readers_of(reflection: Reflection) -> list[Audience]:
    """Who can read it now, besides its author."""
    if reflection.pk is None:
        return []
    shares = standing_of([reflection.pk])
    people = _people_of((s.community for s in shares if s.community), reflection.author_id)
    return [
        _room(share.community, share.name, people[share.community], share)
        if share.community
        else _reader(cast(int, share.person), share.name, share=share)
        for share in shares
    ]


def reads(person: User, readers: Iterable[Audience]) -> bool:
    """Whether the person is among the readers."""
    return any(person.pk in audience.ids for audience in readers)


def choices_for(author: User, readers: Iterable[Audience]) -> list[Audience]:
    """Whom the author may share it with besides its readers of now: those who supervise or coach
    them first."""
    taken = {audience.value for audience in readers}
    people: dict[int, Audience] = {}
    for kind, supervisor, name, email in _supervisors_of(author.pk):
        says = _("coaches you") if kind == "coaches" else _("supervises you")
        if known := people.get(supervisor):
            says = _("%(one)s and %(other)s") % {"one": known.relation, "other": says}
        people[supervisor] = _reader(supervisor, name or email, relation=says)
    communities = dict(_communities_of(author))
    members = _people_of((pk for pk in communities if f"community-{pk}" not in taken), author.pk)
    rooms = (_room(pk, name, members[pk]) for pk, name in communities.items())
    return [each for each in (*people.values(), *rooms) if each.value not in taken]


@prepared
def _supervisors_of(author: int) -> QuerySet[Any, Any]:
    now = Supervision.objects.current().filter(supervisee=author, supervisor__is_active=True)
    return now.order_by("kind", "supervisor__name").values_list(
        "kind", "supervisor", "supervisor__name", "supervisor__email"
    )


@prepared
def _communities_of(author: User) -> QuerySet[Any, Any]:
    return Community.objects.joined_by(author).standing().values_list("pk", "name")


def _reader(person: int, name: str, **more: Any) -> Audience:
    return Audience("user", person, name, ids=frozenset([person]), **more)


def _room(community: int, name: str, members: Members, share: Standing | None = None) -> Audience:
    names = [member for _pk, member in members]
    return Audience(
        "community", community, name, names, frozenset(pk for pk, _name in members), share
    )


def _people_of(communities: Iterable[int], author: int) -> dict[int, Members]:
    """The ids and names of each community's members besides the author, all in one query; none
    where no community asks."""
    wanted = list(communities)
    if not wanted:
        return defaultdict(list)
    people: dict[int, Members] = defaultdict(list)
    for community, person, name, email in _members_of(wanted, author):
        people[community].append((person, name or email))
    return people


@prepared
def _members_of(communities: list[int], author: int) -> QuerySet[Any, Any]:
    return (
        Membership.objects.admitted()
        .filter(community__in=communities)
        .exclude(person=author)
        .order_by("person__name", "person")
        .values_list("community", "person", "person__name", "person__email")
    )
