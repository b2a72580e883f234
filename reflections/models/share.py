"""A share: one reader, or one community, whom the author lets read an entry. No row, no reader:
withdrawing deletes it, so that no query can forget to look."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Membership
from communities.models.reach import joined
from portal.agencies.access import supervisees_of
from portal.agencies.models import Position, Role, Supervision
from portal.audit.events import record
from portal.people.models import User
from portal.prepared import prepared
from portal.web.privacy import NONE, WORK
from reflections.notices import ReflectionAnswered, ReflectionShared

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection


class Standing(NamedTuple):
    """A share that holds, with the name of its reader: what a page says about it."""

    pk: int
    at: datetime
    entry: int
    author: int
    person: int | None
    community: int | None
    name: str

    @property
    def ground(self) -> tuple[str, int, int]:
        """What it leans on: the author is in the community, or looked after by the person."""
        if self.community is not None:
            return "in", self.community, self.author
        return "by", cast(int, self.person), self.author


class ShareQuerySet(models.QuerySet["Share"]):
    def by(self, person: User) -> Self:
        """Those that the person made and may take back."""
        return self.filter(reflection__author=person)

    def visible_to(self, person: User) -> Self:
        """What lets the person read now: what a notice about a share says is true no longer."""
        return self.reaching(person)

    def holding(self, at: datetime | None = None) -> Self:
        """Those whose ground still stands: the author is a member, or the reader supervises or
        coaches them."""
        return self.filter(_is_member(at) | _supervises(at))

    def of_supervisors_in(self, community: Community) -> Self:
        """What members who are supervisors now share with the community, the newest first."""
        members = community.memberships.current().values("person")
        supervisors = Position.objects.holding(Role.SUPERVISOR).values("person")
        theirs = self.filter(community=community, reflection__author__in=members)
        return theirs.filter(reflection__author__in=supervisors).order_by("-at", "-pk")

    def leaning_on_nothing(self, at: datetime | None = None) -> Self:
        """Those whose ground has gone."""
        return self.exclude(_is_member(at) | _supervises(at))

    def reaching(self, person: User) -> Self:
        """Those that let the person read, now: asked live, not only when the share was made."""
        to_them = Q(person=person, reflection__author__in=supervisees_of(person))
        return self.filter(to_them | (Q(community__in=joined(person)) & _is_member(None)))


@prepared
def ways_in(person: User, entry: int) -> models.QuerySet["Share"]:
    """The shares of the entry that let the person read it now; the one with them comes last."""
    shares = Share.objects.reaching(person).filter(reflection=entry).select_related("community")
    return shares.order_by("community", "pk")  # with a person: no community


def standing_of(entries: Iterable[int]) -> list[Standing]:
    """What holds now (see `ShareQuerySet.holding`) of the entries' shares, oldest first.

    Most entries are shared with nobody: then one cheap query is all. Else the grounds that
    these shares lean on are read, each by itself: to ask for both in one query costs more.
    """
    made = [Standing(*values) for values in _made(list(entries))]
    grounds: set[tuple[str, int, int]] = set()
    authors = list({share.author for share in made})
    if communities := {share.community for share in made if share.community}:
        grounds |= {("in", *pair) for pair in _joined(list(communities), authors)}
    if people := {share.person for share in made if share.person}:
        grounds |= {("by", *pair) for pair in _looked_after(list(people), authors)}
    return [share for share in made if share.ground in grounds]


@prepared
def _made(entries: list[int]) -> models.QuerySet[Any, Any]:
    name = Coalesce(
        "community__name",
        NullIf("person__name", Value("")),
        "person__email",
        output_field=models.CharField(),
    )
    return Share.objects.filter(reflection__in=entries).values_list(
        "pk", "at", "reflection", "reflection__author", "person", "community", name
    )


@prepared
def _joined(communities: list[int], authors: list[int]) -> models.QuerySet[Any, Any]:
    now = Membership.objects.current().filter(community__in=communities, person__in=authors)
    return now.values_list("community", "person")


@prepared
def _looked_after(people: list[int], authors: list[int]) -> models.QuerySet[Any, Any]:
    now = Supervision.objects.current().filter(
        supervisor__in=people, supervisor__is_active=True, supervisee__in=authors
    )
    return now.values_list("supervisor", "supervisee")


class Share(models.Model):
    """An entry is open to one person or to one community."""

    privacy = {"id": NONE, "reflection": WORK, "person": WORK, "community": WORK, "at": WORK}

    reflection: "models.ForeignKey[Reflection, Reflection]" = models.ForeignKey(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="shares"
    )
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, community__isnull=False)
                | Q(person__isnull=False, community=None),
                name="reflections_share_one_reader",
                violation_error_message=_("Choose one person or one community."),
            ),
            models.UniqueConstraint(
                fields=["reflection", "person"],
                condition=Q(community=None),
                name="reflections_share_person_once",
                violation_error_message=_("This person can read it already."),
            ),
            models.UniqueConstraint(
                fields=["reflection", "community"],
                condition=Q(person=None),
                name="reflections_share_community_once",
                violation_error_message=_("This community can read it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reflection_id} with {self.reader}"

    @property
    def reader(self) -> User | Community:
        """Who can read it."""
        return self.person or self.community  # type: ignore[return-value]  # one of them is set

    @transaction.atomic
    def withdraw(self, *, by: User | None, at: datetime | None = None) -> None:
        """End it, and take back what the readers were to be told and have not read or been sent."""
        ReflectionShared.withdraw(about=self, at=at)
        replies = self.reflection.responses.filter(by=self.reflection.author_id)
        for reply in replies.select_related("reader"):
            if self._is_all_that_reaches(reply.reader):
                ReflectionAnswered.withdraw(about=reply, people=[reply.reader], at=at)
        record("reflection.withdrawn", on=self.reflection, by=by, at=at)
        self.delete()

    def _is_all_that_reaches(self, person: User) -> bool:
        others = Share.objects.reaching(person).filter(reflection=self.reflection_id)
        return not others.exclude(pk=self.pk).exists()


def _is_member(at: datetime | None) -> Exists:
    return Exists(
        Membership.objects.current(at).filter(
            community=OuterRef("community"), person=OuterRef("reflection__author")
        )
    )


def _supervises(at: datetime | None) -> Exists:
    return Exists(
        Supervision.objects.current(at).filter(
            supervisor=OuterRef("person"), supervisee=OuterRef("reflection__author")
        )
    )
