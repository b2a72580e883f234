"""An agency asks another to open one of its communities to that one's people too.

The home agency's admin names an admin of the other one by work email: there's no list of tenants
to choose from, and nobody is told whether such a person exists. The proposal waits two weeks for
someone who signs in with that email and runs another agency; they say yes or no for their own.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.notices import SpanAccepted, SpanDeclined, SpanProposed
from portal.agencies.models import Agency
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import CONTACT, FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.span import Span

WAITS = timedelta(days=14)


class SpanProposalQuerySet(models.QuerySet["SpanProposal"]):
    def waiting(self, at: datetime | None = None) -> Self:
        """What can still be answered."""
        return self.asked_after((at or timezone.now()) - WAITS)

    def asked_after(self, instant: datetime) -> Self:
        """What was asked after an instant and has no answer yet."""
        return self.filter(outcome="", community__closure=None, at__gt=instant)

    def administered_by(self, person: User) -> Self:
        """What the person's agency proposes: they may take it back."""
        return self.filter(community__agency__in=agencies_of(person, "admin"))

    def put_to(self, person: User, at: datetime | None = None) -> Self:
        """What waits for the person, as an admin of another agency than the one that proposes."""
        return self.waiting(at).sent_to(person.email, person)

    def sent_to(self, email: str, person: User) -> Self:
        """What was asked by this address, for an admin to answer whose address it is."""
        runs = agencies_of(person, "admin")
        theirs = self.filter(email__iexact=email)
        if len(runs) == 1:
            theirs = theirs.exclude(community__agency__in=runs)
        return theirs if runs else theirs.none()


class SpanProposal(models.Model):
    """`email` was asked at `at`; `outcome` says what became of it, "" while it waits."""

    privacy = {
        "id": NONE,
        "community": WORK,
        "email": CONTACT,
        "word": FREE,
        "by": WORK,
        "at": WORK,
        "outcome": WORK,
        "settled_by": WORK,
        "settled_at": WORK,
    }

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="proposals")
    email = models.EmailField(
        _("work email of an admin there"),
        help_text=_("They see the proposal when they sign in. Nobody else there does."),
    )
    word = models.TextField(
        _("a word with it"), max_length=500, blank=True, help_text=_("They read this.")
    )
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = SpanProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal to span")
        verbose_name_plural = _("proposals to span")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "community",
                Lower("email"),
                condition=Q(outcome=""),
                name="communities_proposal_one_waits",
                violation_error_message=_("They were asked already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None)
                | Q(outcome__in=["accepted", "declined", "withdrawn"], settled_at__isnull=False),
                name="communities_proposal_settled_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community} to {self.email}"

    def get_absolute_url(self) -> str:
        return reverse("communities:proposals.edit", args=[self.pk])

    def lapses_at(self) -> datetime:
        """Until when it waits for an answer."""
        return self.at + WAITS

    def waits(self, at: datetime | None = None) -> bool:
        return not self.outcome and self.lapses_at() > (at or timezone.now())

    def agencies_for(self, person: User) -> QuerySet[Agency]:
        """Which agencies the person may say yes for."""
        there = [self.community.agency_id, *self.community.spans.values_list("agency", flat=True)]
        return Agency.objects.administered_by(person).exclude(pk__in=there)

    @classmethod
    @transaction.atomic
    def make(
        cls,
        community: Community,
        *,
        email: str,
        by: User,
        word: str = "",
        at: datetime | None = None,
    ) -> "SpanProposal":
        """Ask whoever runs an agency and signs in with `email`. Asked again, it waits anew."""
        at = at or timezone.now()
        Community.objects.select_for_update().get(pk=community.pk)
        if community.is_closed:
            raise ValidationError(_("This community is closed. Open it again first."))
        earlier = community.proposals.filter(email__iexact=email, outcome="").first()
        if earlier and earlier.waits(at):
            return earlier
        if earlier:
            earlier.withdraw(by=by, at=at)
        proposal = cls.objects.create(community=community, email=email, word=word, by=by, at=at)
        record("community.span_proposed", on=community, by=by, at=at)
        asked = User.objects.filter(email__iexact=email, is_active=True)
        SpanProposed.tell(
            [person for person in asked if cls.objects.put_to(person).filter(pk=proposal.pk)],
            about=proposal,
            due_at=at,
            expires_at=proposal.lapses_at(),
        )
        return proposal

    @transaction.atomic
    def accept(self, agency: Agency, *, by: User, at: datetime | None = None) -> "Span | None":
        """Yes, for `agency`: its people may join from now on. None when it was settled before."""
        if not self._settle("accepted", by, at):
            return None
        span = self.community.span(agency, by=by)
        SpanAccepted.tell([self.by] if self.by else [], about=self, due_at=self.settled_at)
        return span

    @transaction.atomic
    def decline(self, *, by: User, at: datetime | None = None) -> None:
        """No. The home agency learns that, and no reason is asked."""
        if self._settle("declined", by, at):
            record("community.span_declined", on=self.community, by=by, at=at)
            SpanDeclined.tell([self.by] if self.by else [], about=self, due_at=self.settled_at)

    @transaction.atomic
    def withdraw(self, *, by: User | None, at: datetime | None = None) -> None:
        """The home agency asks no more."""
        if self._settle("withdrawn", by, at):
            SpanProposed.withdraw(about=self, at=at)

    def _settle(self, outcome: str, by: User | None, at: datetime | None) -> bool:
        """One answer, whatever two browsers do; whether this was it."""
        self.outcome, self.settled_by, self.settled_at = outcome, by, at or timezone.now()
        mine = SpanProposal.objects.filter(pk=self.pk, outcome="")
        fields = {"outcome": outcome, "settled_by": by, "settled_at": self.settled_at}
        return mine.update(**fields) == 1
