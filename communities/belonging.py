"""What a community's page says of belonging: the agreement, a missing host, who waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from communities.models import Acceptance, Agreement, Community, Joining, Membership, Series
from portal.people.models import User
from portal.people.named import Named
from portal.prepared import prepared
from portal.web.addresses import numbered

Roll = Sequence[tuple[int, Named, str]]  # as Community.roll has it


@dataclass(frozen=True)
class Belonging:
    """`agreement` is the version in force, `asked` whether it waits for the reader's yes;
    `hostless` are series whose host is gone, `may_take_over` whether the reader could belong."""

    joined: bool
    agreement: Agreement | None
    asked: bool
    no_host: bool
    hostless: list[Series]
    requests: list[Joining]
    audience: str | Promise
    may_take_over: bool

    @property
    def needs_host(self) -> bool:
        return self.no_host or bool(self.hostless)


@dataclass(frozen=True)
class Member:
    """A line of a community's list of members; the last two for those who run it."""

    person: Named
    role: str
    url: str
    change_url: str
    whose: str


def members_in(community: Community, roll: Roll) -> list[Member]:
    """Each with where their line leads: a template that looked up two addresses for each of
    fifty spent a third of the page on it."""
    # Translators: after "Change", for screen readers
    whose = _("the membership of %(name)s")
    page = numbered("communities:people.show", community.pk)
    change = numbered("communities:memberships.edit")
    return [
        Member(
            person,
            role,
            page % person.pk,
            change % membership,
            whose % {"name": person.name},
        )
        for membership, person, role in roll
    ]


def belonging_of(
    community: Community,
    person: User,
    roll: Roll,
    series: Iterable[Series],
) -> Belonging:
    """`roll` as Community.roll has it, `series` those that run: read by the page before. Two
    queries more for those who run it, one for everybody else."""
    members = {member.pk for _pk, member, _role in roll}
    host = str(Membership.Role.HOST.label)
    joined, open_ = person.pk in members, not community.is_closed
    agreement = _agreement_of.first(community.pk, person.pk)
    no_host = open_ and all(role != host for _pk, _member, role in roll)
    hostless = [each for each in series if each.host_id and each.host_id not in members]
    return Belonging(
        joined=joined,
        agreement=agreement,
        asked=bool(agreement and joined and open_ and not agreement.is_accepted),
        no_host=no_host,
        hostless=hostless,
        requests=_requests_to(community.pk) if open_ and community.is_hosted_by(person) else [],
        audience=community.get_audience_display(),
        may_take_over=joined
        or (bool(no_host or hostless) and community.eligible().filter(pk=person.pk).exists()),
    )


@prepared
def _agreement_of(community: int, person: int) -> QuerySet[Any, Any]:
    """The newest version, and whether the person accepted it."""
    accepted = Acceptance.objects.filter(agreement=OuterRef("pk"), person=person)
    newest = Agreement.objects.filter(community=community).order_by("-number")
    return newest.defer("text").annotate(is_accepted=Exists(accepted))[:1]


@prepared
def _requests_to(community: int) -> QuerySet[Any, Any]:
    asked = Joining.objects.open().filter(community=community, way=Joining.Way.ASKED)
    return asked.select_related("person").only("person__name", "person__email")
