"""Who belongs to a community, as what, from when until when."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.leaving import leave_no_trace
from communities.models.audience import ROLES
from communities.models.community import Community
from communities.models.reach import is_hosted, is_visible
from communities.models.span import Span
from portal.agencies.models import Dated, DatedQuerySet, Position
from portal.agencies.models.position import SPAN
from portal.audit.events import record
from portal.people.models import User
from portal.prepared import now
from portal.web.privacy import NONE, WORK


class MembershipQuerySet(DatedQuerySet["Membership"]):
    def visible_to(self, person: User) -> Self:
        """Memberships of the communities that the person sees."""
        return self.filter(is_visible(person, "community"))

    def hosted_by(self, person: User) -> Self:
        """Memberships that the person may end: those of communities they run."""
        return self.filter(is_hosted(person, "community"))

    def admitted(self, at: datetime | None = None) -> Self:
        """Those that open their community to their person: who still works for one of its agencies,
        and is of its audience. `reach.joined` asks the same about one person."""
        at = at or now()
        spanned = Span.objects.filter(community=OuterRef(OuterRef("community"))).values("agency")
        positions = (
            Position.objects.current(at).filter(person=OuterRef("person"))
            .filter(Q(agency=OuterRef("community__agency")) | Q(agency__in=spanned))
        )  # fmt: skip
        admits = Q(pk__in=[])
        for audience, roles in ROLES.items():
            theirs = positions.filter(role__in=roles) if roles else positions
            admits |= Q(Exists(theirs), community__audience=audience)
        return self.current(at).filter(admits, person__is_active=True)


class Membership(Dated):
    """A person in a community. A host runs it, a coach helps it learn."""

    privacy = {
        "id": NONE,
        "person": WORK,
        "community": WORK,
        "role": WORK,
        "since": WORK,
        "until": WORK,
    }

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        HOST = "host", _("host")
        COACH = "coach", _("coach")

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=["member", "host", "coach"]),
                name="communities_membership_role",
                violation_error_message=_("Choose member, host or coach."),
            ),
            ExclusionConstraint(
                name="communities_membership_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("community", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("They belong to this community in that time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.community}"

    def get_absolute_url(self) -> str:
        return self.community.get_absolute_url()

    @transaction.atomic
    def become(self, role: str, *, by: User | None, at: datetime | None = None) -> "Membership":
        """Hold another role from now on: this membership ends and the next begins, with no trace
        withdrawn, since the person stays. The same role changes nothing."""
        at = at or timezone.now()
        if role == self.role or not self.holds(at):
            return self
        if at == self.since:  # it has not lasted yet: nothing to keep
            self.role = role
            self.save(update_fields=["role"])
            return self
        self._end_at(at)
        following = self.community.memberships.create(person=self.person, role=role, since=at)
        record("membership.role_changed", on=following, by=by, agency=self.community.agency, at=at)
        return following

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None) -> None:
        """The person leaves: what would still reach them, or lean on their being here, goes too.
        Ending it twice changes nothing."""
        at = at or timezone.now()
        if self.until is not None and self.until <= at:
            return
        self._end_at(at)
        record("membership.ended", on=self, by=by, agency=self.community.agency, at=at)
        leave_no_trace(self, by=by, at=at)

    def _end_at(self, at: datetime) -> None:
        if at <= self.since:  # planned, and called off before it began: it never was
            at = self.since + timedelta(microseconds=1)
        self.until = at
        self.save(update_fields=["until"])
