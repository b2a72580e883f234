"""A learning community: a standing group that learns a practice together."""

import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models.audience import ROLES, Audience, opens_to
from communities.models.closure import Closure
from communities.models.reach import (
    is_administered,
    is_hosted,
    is_joined,
    is_visible,
    joined,
)
from communities.models.span import Span
from communities.notices import MembershipWelcome
from portal.agencies.models import Agency, Position
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User, is_zone
from portal.people.named import Named
from portal.practice.models import Principle, Skill
from portal.practice.vocabulary import terms
from portal.prepared import prepared
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.joining import JoiningQuerySet
    from communities.models.membership import Membership, MembershipQuerySet
    from communities.models.series import SeriesQuerySet
    from portal.agencies.models.position import PositionQuerySet

FOCUS = ("principle", "skill")


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, person: User) -> Self:
        """What the person belongs to now, and what they administer."""
        return self.filter(is_visible(person))

    def joined_by(self, person: User) -> Self:
        """What the person is a member of now, in an agency they still work for."""
        return self.filter(is_joined(person))

    def administered_by(self, person: User) -> Self:
        """What belongs to an agency where the person is an admin now."""
        return self.filter(is_administered(person))

    def hosted_by(self, person: User) -> Self:
        """What the person may run: as one of its hosts, or as an admin of its home agency."""
        return self.filter(is_hosted(person))

    def standing(self) -> Self:
        """What has not been closed."""
        return self.filter(closure=None)

    def open_to(self, person: User) -> Self:
        """What the person may ask to join: in the directory of an agency of theirs, not joined."""
        listed = self.standing().filter(takes_requests=True)
        return listed.filter(opens_to(person)).exclude(pk__in=joined(person)).distinct()

    def open_to_words_of(self, person: User) -> Self:
        """Where the person may share and celebrate: what they belong to, as long as it goes on."""
        return self.joined_by(person).standing()


class Community(models.Model):
    """A group with a purpose, a home agency that administers it, and a time zone that it meets in.

    Other agencies whose people may join are its spans.
    """

    privacy = {
        "id": NONE,
        "agency": WORK,
        "name": WORK,
        "purpose": FREE,
        "time_zone": NONE,
        "principles": NONE,
        "skills": NONE,
        "audience": WORK,
        "takes_requests": NONE,
        "created_at": WORK,
    }
    joinings: "JoiningQuerySet"
    memberships: "MembershipQuerySet"
    series: "SeriesQuerySet"

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="communities", verbose_name=_("home agency")
    )
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(
        _("what it is for"),
        max_length=2000,
        blank=True,
        help_text=_("One or two sentences that a newcomer understands."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        validators=[is_zone],
        help_text=_("The clock that its sessions keep, in summer and in winter."),
    )
    principles = models.ManyToManyField(
        Principle, blank=True, related_name="+", verbose_name=_("principles it works on")
    )
    skills = models.ManyToManyField(
        Skill, blank=True, related_name="+", verbose_name=_("skills it works on")
    )
    audience = models.CharField(
        _("whom it is for"),
        max_length=12,
        choices=Audience,
        default=Audience.EVERYONE,
        db_default=Audience.EVERYONE,
        help_text=_("Someone who is a supervisor no more leaves a community for supervisors."),
    )
    takes_requests = models.BooleanField(
        _("people may ask to join"),
        default=False,
        db_default=False,
        help_text=_("Its name and purpose stand in the directory of its agencies."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="communities_community_name_once",
                violation_error_message=_("Choose another name: this agency has one called that."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values),
                name="communities_community_audience",
                violation_error_message=_("Choose whom it is for."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:communities.show", args=[self.pk])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def is_closed(self) -> bool:
        return hasattr(self, "closure")

    def is_hosted_by(self, person: User) -> bool:
        """Whether the person may run it: a host of it, or an admin of its home agency."""
        return self.pk in joined(person, "host") or self.is_administered_by(person)

    def is_administered_by(self, person: User) -> bool:
        """Whether the person is an admin of its home agency."""
        return self.agency_id in agencies_of(person, "admin")

    def is_joined_by(self, person: User) -> bool:
        """Whether the person is a member of it now."""
        return self.pk in joined(person)

    def members(self, at: datetime | None = None) -> QuerySet[User]:
        """The people who belong to it now, each once, who still work for one of its agencies."""
        return self.eligible(at).filter(pk__in=self.memberships.current(at).values("person"))

    def hosts(self, at: datetime | None = None) -> QuerySet[User]:
        """The members who run it now."""
        hosting = self.memberships.current(at).filter(role="host")
        return self.eligible(at).filter(pk__in=hosting.values("person"))

    def hostless_series(self, at: datetime | None = None) -> "SeriesQuerySet":
        """Series whose host is gone. One that was planned for "nobody yet" is not among them."""
        return self.series.running().exclude(host=None).exclude(host__in=self.members(at))

    def needs_host(self, at: datetime | None = None) -> bool:
        """Whether nobody hosts it, or one of its series has lost its host."""
        return not self.hosts(at).exists() or self.hostless_series(at).exists()

    def eligible(self, at: datetime | None = None) -> QuerySet[User]:
        """Who may join: people with a position now in one of its agencies that its audience has."""
        return User.objects.filter(pk__in=self.positions(at).values("person"), is_active=True)

    def admins(self, at: datetime | None = None) -> QuerySet[User]:
        """The people who run its home agency."""
        theirs = Position.objects.holding("admin", at=at).filter(agency=self.agency_id)
        return User.objects.filter(pk__in=theirs.values("person"), is_active=True)

    def focus(self) -> list[str]:
        """The principles and skills that it works on, by name, in the order the field has."""
        chosen = _words_of(self.pk)
        return [word for kind in FOCUS for pk, word in terms()[kind] if (kind, pk) in chosen]

    def roll(self) -> list[tuple[int, Named, str]]:
        """(membership's id, the person by name only, their role in words), as `belonging` has it.

        For lists: two dozen whole people cost more to load than all else on the page.
        """
        labels = {role: str(label) for role, label in self.memberships.model.Role.choices}
        rows = _roll_of(self.audience)(self.pk, self.agency_id, timezone.now())
        return [
            (pk, Named(person, name, email), labels[role]) for pk, role, person, name, email in rows
        ]

    def names(self) -> list[tuple[str, int, str]]:
        """(role, the person's id, their name) of each member now."""
        rows = _roll_of(self.audience)(self.pk, self.agency_id, timezone.now())
        return [(role, person, name or email) for _pk, role, person, name, email in rows]

    def membership_of(self, person: int) -> "Membership | None":
        """That of somebody, by id, who belongs to it now; with their name."""
        theirs = _membership_of(self.audience)
        return theirs.first(self.pk, self.agency_id, person, timezone.now())

    def belonging(self, at: datetime | None = None) -> "MembershipQuerySet":
        """The memberships of its members now: by role, then by name, with the people loaded."""
        return (
            self.memberships.current(at)
            .filter(person__in=self.positions(at).values("person"), person__is_active=True)
            .select_related("person")
            .order_by("role", "person__name", "pk")
        )

    def positions(self, at: datetime | None = None) -> "PositionQuerySet":
        """Positions in its agencies, of the roles that its audience has."""
        agencies = Q(agency=self.agency_id) | Q(agency__in=self.spans.values("agency"))
        roles = ROLES[self.audience]
        return Position.objects.current(at).filter(
            agencies, **({"role__in": roles} if roles else {})
        )

    @classmethod
    @transaction.atomic
    def found(
        cls,
        *,
        agency: Agency,
        name: str,
        by: User | None,
        principles: Iterable[Principle] = (),
        skills: Iterable[Skill] = (),
        **about: Any,
    ) -> "Community":
        """Begin a community in its home agency. `about`: purpose and time_zone (the agency's)."""
        about.setdefault("time_zone", agency.time_zone)
        community = cls.objects.create(agency=agency, name=name, **about)
        community.principles.set(principles)
        community.skills.set(skills)
        record("community.founded", on=community, by=by)
        return community

    @transaction.atomic
    def change(
        self,
        *,
        by: User | None,
        principles: Iterable[Principle] = (),
        skills: Iterable[Skill] = (),
        **about: Any,
    ) -> None:
        """Change what it is about. Its clock is for series to come: those planned keep theirs.

        Raises ValidationError with their names when its new audience would leave members out.
        """
        Community.objects.select_for_update().get(pk=self.pk)  # nobody joins while we look
        for name, value in about.items():
            setattr(self, name, value)
        if left_out := self.left_out():
            names = ", ".join(str(person) for person in left_out)
            words = _("These members are not supervisors: %(names)s. End their memberships first.")
            raise ValidationError({"audience": words % {"names": names}})
        self.save(update_fields=list(about))
        self.let_go_of_joinings(at=timezone.now())
        self.principles.set(principles)
        self.skills.set(skills)
        record("community.changed", on=self, by=by)

    @transaction.atomic
    def span(self, agency: Agency, *, by: User | None) -> "Span":
        """Let another agency's people join. Twice is as once. Its home agency needs no span."""
        span, fresh = self.spans.get_or_create(agency=agency)
        if fresh:
            record("community.spanned", on=self, by=by)
        return span

    def left_out(self) -> list[User]:
        """Members whom its audience, as it stands on this object, doesn't have."""
        if self.audience == Audience.EVERYONE:
            return []
        theirs = self.memberships.not_over().exclude(person__in=self.positions().values("person"))
        return [membership.person for membership in theirs.select_related("person")]

    @transaction.atomic
    def welcome(
        self,
        person: User,
        *,
        by: User | None,
        role: str = "member",
        at: datetime | None = None,
        quietly: bool = False,
    ) -> "Membership":
        """Make the person a member and tell them, unless `quietly`. A member stays as they are.
        An invitation of theirs, or a request, is settled by it.

        Raises ValidationError with words when they work for none of its agencies, are not of its
        audience, or it is closed.
        """
        at = at or timezone.now()
        locked = Community.objects.select_for_update().get(pk=self.pk)  # two admins, one membership
        self.joinings.open().filter(person=person).settle("accepted", by=by, at=at)
        if existing := self.memberships.not_over(at).filter(person=person).first():
            return existing
        if Closure.objects.filter(community=self).exists():
            raise ValidationError(_("This community is closed. Nobody can join it."))
        if not locked.eligible(at).filter(pk=person.pk).exists():
            raise ValidationError(locked.why_not_eligible())
        membership = self.memberships.create(person=person, role=role, since=at)
        record("membership.begun", on=membership, by=by, agency=self.agency, at=at)
        if not quietly:
            MembershipWelcome.tell([person], about=membership, due_at=at)
        return membership

    def why_not_eligible(self) -> str:
        """What someone is told who cannot belong to it."""
        if self.audience == Audience.SUPERVISORS:
            return gettext(
                "Choose a supervisor of one of its agencies: it is for supervisors only."
            )
        return gettext("Choose someone who works for one of its agencies.")

    def let_go_of_joinings(self, *, at: datetime) -> None:
        """Invitations and requests of people who cannot belong to it any more wait no longer."""
        waiting = self.joinings.open().exclude(person__in=self.eligible(at))
        waiting.settle("lapsed", by=None, at=at)

    @transaction.atomic
    def close(self, *, by: User | None, reason: str = "", at: datetime | None = None) -> "Closure":
        """It has done its work: its series end; what was held and said stays. Twice is as once."""
        at = at or timezone.now()
        closure, fresh = Closure.objects.get_or_create(
            community=self, defaults={"by": by, "reason": reason, "at": at}
        )
        if fresh:
            for series in self.series.running():
                series.end(by=by, at=at)
            self.joinings.open().settle("lapsed", by=None, at=at)
            record("community.closed", on=self, by=by, at=at)
        return closure

    @transaction.atomic
    def reopen(self, *, by: User | None, at: datetime | None = None) -> int:
        """Open it again with those who belonged to it. Twice is as once.

        Series that ended with it go on when that is not long ago; how many did.
        """
        at = at or timezone.now()
        closure = Closure.objects.select_for_update().filter(community=self).first()
        if closure is None:
            return 0
        closure.delete()
        self._state.fields_cache.pop("closure", None)
        record("community.reopened", on=self, by=by, at=at)
        resting = self.series.filter(ending__at=closure.at).select_related("ending")
        series = list(resting) if closure.resumes_series(at) else []
        for each in series:
            each.resume(by=by, at=at)
        return len(series)


@prepared
def _words_of(community: int) -> QuerySet[Any, Any]:
    """(kind, id) of the words that a community works on."""
    here = Q(community=community)
    principles = Community.principles.through._default_manager.filter(here)
    skills = Community.skills.through._default_manager.filter(here)
    return principles.values_list(Value("principle"), "principle").union(
        skills.values_list(Value("skill"), "skill"), all=True
    )


@cache
def _roll_of(audience: str) -> "prepared[[int, int, datetime], Any]":
    """The rows of `Community.roll`: for each audience another query."""

    @prepared
    def rows(community: int, agency: int, at: datetime) -> QuerySet[Any, Any]:
        it = Community(pk=community, agency_id=agency, audience=audience)
        return it.belonging(at).values_list(
            "pk", "role", "person_id", "person__name", "person__email"
        )

    return rows


@cache
def _membership_of(audience: str) -> "prepared[[int, int, int, datetime], Membership]":
    """Of `Community.membership_of`: for each audience another query."""

    @prepared
    def rows(community: int, agency: int, person: int, at: datetime) -> QuerySet[Any, Any]:
        it = Community(pk=community, agency_id=agency, audience=audience)
        theirs = it.belonging(at).filter(person=person)
        return theirs.only("community", "role", "person__name", "person__email")[:1]

    return rows
