"""Other agencies whose people may belong to a community."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from communities.models.membership import Membership


class SpanQuerySet(models.QuerySet["Span"]):
    def administered_by(self, person: User) -> Self:
        """What an admin of either of the two agencies may end."""
        theirs = agencies_of(person, "admin")
        home = models.Q(community__agency__in=theirs)
        return self.filter(home | models.Q(agency__in=theirs))

    def reaching(self, person: User) -> Self:
        """Other agencies' communities that the agencies the person administers are part of."""
        return self.filter(agency__in=agencies_of(person, "admin"))


class Span(models.Model):
    """Another agency whose people may join a community. They see each other inside it, and
    nothing else of the other agency. The row stands while it spans: its end is in the audit."""

    privacy = {"id": NONE, "community": WORK, "agency": WORK}

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="spans"
    )
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")

    objects = SpanQuerySet.as_manager()

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

    def leaning(self, at: datetime | None = None) -> "list[Membership]":
        """The memberships that only this span holds up: they end with it."""
        community = self.community
        elsewhere = community.positions(at).exclude(agency=self.agency).values("person")
        theirs = community.memberships.not_over(at).filter(
            person__in=self.agency.positions.values("person")
        )
        rows = theirs.exclude(person__in=elsewhere).select_related("person", "community__agency")
        return list(rows)

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None) -> int:
        """Span the agency no more: the memberships that lean on it end; how many. Once."""
        at = at or timezone.now()
        if not Span.objects.select_for_update().filter(pk=self.pk).exists():
            return 0
        leaning = self.leaning(at)
        record("community.span_ended", on=self.community, by=by, at=at)
        Span.objects.filter(pk=self.pk).delete()
        for membership in leaning:
            membership.end(by=by, at=at)
        self.community.let_go_of_joinings(at=at)
        return len(leaning)
