"""A learning community: a standing group that learns a practice together."""

import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.models.reach import (
    is_administered,
    is_hosted,
    is_joined,
    is_visible,
    joined,
)
from communities.notices import MembershipWelcome
from portal.agencies.models import Agency, Position
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User, is_zone
from portal.practice.models import Principle, Skill
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.membership import Membership, MembershipQuerySet
    from communities.models.series import SeriesQuerySet
    from portal.agencies.models.position import PositionQuerySet


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
        "created_at": WORK,
    }
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
            )
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

    def eligible(self, at: datetime | None = None) -> QuerySet[User]:
        """Who may join: people with a position now in its home agency or in one that it spans."""
        return User.objects.filter(pk__in=self._positions(at).values("person"), is_active=True)

    def focus(self) -> list[str]:
        """The principles and skills that it works on, by name, in the order the field has."""
        principles = self.principles.values_list(Value(0), "place", "name")
        skills = self.skills.values_list(Value(1), "place", "name")
        return [
            name for _kind, _place, name in sorted(principles.order_by().union(skills.order_by()))
        ]

    def roll(self) -> "list[tuple[int, User, str | Promise]]":
        """(membership's id, the person by name only, their role in words), as `belonging` has it.

        For lists: two dozen whole people cost more to load than all else on the page.
        """
        labels = dict(self.memberships.model.Role.choices)
        rows = self.belonging().values_list(
            "pk", "role", "person_id", "person__name", "person__email"
        )
        return [
            (pk, User(pk=person, name=name, email=email), labels[role])
            for pk, role, person, name, email in rows
        ]

    def belonging(self) -> "MembershipQuerySet":
        """The memberships of its members now: by role, then by name, with the people loaded."""
        return (
            self.memberships.current()
            .filter(person__in=self._positions().values("person"), person__is_active=True)
            .select_related("person")
            .order_by("role", "person__name", "pk")
        )

    def _positions(self, at: datetime | None = None) -> "PositionQuerySet":
        """Positions in its agencies."""
        agencies = Q(agency=self.agency_id) | Q(agency__in=self.spans.values("agency"))
        return Position.objects.current(at).filter(agencies)

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
        **about: str,
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
        **about: str,
    ) -> None:
        """Change what it is about. Its clock is for series to come: those planned keep theirs."""
        for name, value in about.items():
            setattr(self, name, value)
        self.save(update_fields=list(about))
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

    @transaction.atomic
    def welcome(
        self, person: User, *, by: User | None, role: str = "member", at: datetime | None = None
    ) -> "Membership":
        """Make the person a member and tell them. Someone who is one already stays as they are.

        Raises ValidationError with words when they work for none of its agencies, or it is closed.
        """
        at = at or timezone.now()
        Community.objects.select_for_update().get(pk=self.pk)  # two admins, one membership
        if existing := self.memberships.not_over(at).filter(person=person).first():
            return existing
        if Closure.objects.filter(community=self).exists():
            raise ValidationError(_("This community is closed. Nobody can join it."))
        if not self.eligible(at).filter(pk=person.pk).exists():
            raise ValidationError(_("Choose someone who works for one of its agencies."))
        membership = self.memberships.create(person=person, role=role, since=at)
        record("membership.begun", on=membership, by=by, agency=self.agency, at=at)
        MembershipWelcome.tell([person], about=membership, due_at=at)
        return membership

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
            record("community.closed", on=self, by=by, at=at)
        return closure


class Span(models.Model):
    """Another agency whose people may join a community. They see each other inside it, and
    nothing else of the other agency."""

    privacy = {"id": NONE, "community": WORK, "agency": WORK}

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="spans")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("agency it spans")
        verbose_name_plural = _("agencies it spans")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "agency"],
                name="communities_span_once",
                violation_error_message=_("It spans this agency already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.community} in {self.agency}"


class Closure(models.Model):
    """A community was closed: by whom, when and why."""

    privacy = {"id": NONE, "community": WORK, "by": WORK, "at": WORK, "reason": FREE}

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="closure")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("why"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")

    def __str__(self) -> str:
        return f"{self.community} closed"
