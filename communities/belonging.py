"""What a community's page says of belonging: the agreement, a missing host, who waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise

from communities.models import Acceptance, Agreement, Community, Joining, Membership, Series
from portal.people.models import User


@dataclass(frozen=True)
class Belonging:
    """`agreement` is the version in force, `asked` whether it waits for the reader's yes;
    `hostless` are series whose host is gone."""

    joined: bool
    agreement: Agreement | None
    asked: bool
    no_host: bool
    hostless: list[Series]
    requests: list[Joining]
    audience: str | Promise

    @property
    def needs_host(self) -> bool:
        return self.no_host or bool(self.hostless)


def belonging_of(
    community: Community,
    person: User,
    roll: Sequence[tuple[int, User, str | Promise]],
    series: Iterable[Series],
) -> Belonging:
    """`roll` as Community.roll has it, `series` those that run: read by the page before. Two
    queries more for those who run it, one for everybody else."""
    members = {member.pk for _pk, member, _role in roll}
    joined, open_ = person.pk in members, not community.is_closed
    accepted = Acceptance.objects.filter(agreement=OuterRef("pk"), person=person)
    agreement = community.agreements.annotate(is_accepted=Exists(accepted)).first()
    requests = community.joinings.open().filter(way=Joining.Way.ASKED).select_related("person")
    return Belonging(
        joined=joined,
        agreement=agreement,
        asked=bool(agreement and joined and open_ and not agreement.is_accepted),
        no_host=open_ and all(role != Membership.Role.HOST.label for _pk, _member, role in roll),
        hostless=[each for each in series if each.host_id and each.host_id not in members],
        requests=list(requests) if open_ and community.is_hosted_by(person) else [],
        audience=community.get_audience_display(),
    )
