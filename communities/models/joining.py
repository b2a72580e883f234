"""Someone on the way into a community: invited by those who run it, or asking them."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.membership import Membership
from communities.models.reach import is_hosted
from communities.notices import JoiningAccepted, JoiningAsked, JoiningDeclined, JoiningInvited
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK


class JoiningQuerySet(models.QuerySet["Joining"]):
    def open(self) -> Self:
        """What waits for an answer."""
        return self.filter(outcome="")

    def visible_to(self, person: User) -> Self:
        """Their own, and those of communities that they run."""
        return self.filter(Q(person=person) | is_hosted(person, "community"))

    def waiting_for(self, person: User) -> Self:
        """What the person can answer: their invitations, and requests to those who run it."""
        invited = Q(way="invited", person=person)
        asked = Q(way="asked") & is_hosted(person, "community") & ~Q(person=person)
        return self.open().filter(invited | asked, community__closure=None)

    def begun_by(self, person: User) -> Self:
        """What the person can take back: their requests, and invitations of those they run."""
        asked = Q(way="asked", person=person)
        return self.open().filter(asked | Q(way="invited") & is_hosted(person, "community"))

    def settle(self, outcome: str, *, by: User | None, at: datetime) -> int:
        """End the wait of those that wait; how many did."""
        return self.filter(outcome="").update(outcome=outcome, settled_by=by, settled_at=at)


class Joining(models.Model):
    """One person, one community, one wish at a time. `outcome` is "" while it waits.

    When one side asks and the other has asked already, both want it: that makes the membership.
    """

    privacy = {
        "id": NONE,
        "community": WORK,
        "person": WORK,
        "way": WORK,
        "role": WORK,
        "word": FREE,
        "by": WORK,
        "at": WORK,
        "outcome": WORK,
        "answer": FREE,
        "settled_by": WORK,
        "settled_at": WORK,
    }

    class Way(models.TextChoices):
        INVITED = "invited", _("invited")
        ASKED = "asked", _("asked")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")
        LAPSED = "lapsed", _("no longer possible")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="joinings")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="joinings")
    way = models.CharField(max_length=7, choices=Way)
    role = models.CharField(
        _("as"), max_length=8, choices=Membership.Role, default=Membership.Role.MEMBER
    )
    word = models.TextField(_("a word with it"), max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    answer = models.TextField(_("a word with your answer"), max_length=500, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        verbose_name = _("joining")
        verbose_name_plural = _("joinings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"],
                condition=Q(outcome=""),
                name="communities_joining_one_waits",
                violation_error_message=_("They are invited already, or have asked."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None)
                | Q(
                    outcome__in=["accepted", "declined", "withdrawn", "lapsed"],
                    settled_at__isnull=False,
                ),
                name="communities_joining_settled_together",
            ),
            models.CheckConstraint(
                condition=Q(way="invited", role__in=["member", "host", "coach"])
                | Q(way="asked", role="member"),
                name="communities_joining_asks_as_member",
                violation_error_message=_("People ask to join as members."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.way} to {self.community}"

    def get_absolute_url(self) -> str:
        return reverse("communities:joinings.show", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def is_invitation(self) -> bool:
        return self.way == self.Way.INVITED

    @classmethod
    @transaction.atomic
    def invite(
        cls,
        community: Community,
        person: User,
        *,
        by: User,
        role: str = "member",
        word: str = "",
        at: datetime | None = None,
    ) -> "Joining | None":
        """Ask someone to join; they say yes or no. Twice is as once, and a member is None.
        Someone who has asked to join is in.

        Raises ValidationError with words when they cannot belong to it, or it is closed.
        """
        at = at or timezone.now()
        community = _asked_for(community, person, at)
        if community.memberships.not_over(at).filter(person=person).exists():
            return None
        if waiting := community.joinings.open().filter(person=person).first():
            if not waiting.is_invitation:
                waiting.accept(by=by, at=at)
            return waiting
        joining = community.joinings.create(
            person=person, way="invited", role=role, word=word, by=by, at=at
        )
        record("joining.invited", on=joining, by=by, agency=community.agency, at=at)
        JoiningInvited.tell([person], about=joining, due_at=at)
        return joining

    @classmethod
    @transaction.atomic
    def ask(
        cls, community: Community, person: User, *, word: str = "", at: datetime | None = None
    ) -> "Joining":
        """Ask to join. Twice is as once; someone who is invited is in.

        Raises ValidationError with words when it takes no requests, or not theirs.
        """
        at = at or timezone.now()
        community = _asked_for(community, person, at)
        if waiting := community.joinings.open().filter(person=person).first():
            if waiting.is_invitation:
                waiting.accept(by=person, at=at)
            return waiting
        if not community.takes_requests:
            raise ValidationError(_("This community takes no requests. Ask one of its hosts."))
        joining = community.joinings.create(person=person, way="asked", word=word, by=person, at=at)
        record("joining.asked", on=joining, by=person, agency=community.agency, at=at)
        runs_it = community.hosts(at) if community.hosts(at).exists() else community.admins(at)
        JoiningAsked.tell(runs_it, about=joining, due_at=at)
        return joining

    @transaction.atomic
    def accept(self, *, by: User, answer: str = "", at: datetime | None = None) -> None:
        """Yes: the person is a member from now on. Settled before, nothing changes.

        Raises ValidationError with words when they cannot belong to it any more.
        """
        at = at or timezone.now()
        if not self._still_waits():
            return
        self.community.welcome(
            self.person, role=self.role, by=by, at=at, quietly=self.is_invitation
        )
        self._settle("accepted", by, answer, at)
        if self.is_invitation and self.by:
            JoiningAccepted.tell([self.by], about=self, due_at=at)

    @transaction.atomic
    def decline(self, *, by: User, answer: str = "", at: datetime | None = None) -> None:
        """No, with a word if there is one. Settled before, nothing changes."""
        at = at or timezone.now()
        if not self._still_waits():
            return
        self._settle("declined", by, answer, at)
        if self.by:
            JoiningDeclined.tell([self.by], about=self, due_at=at)

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Whoever asked takes it back, and who has not read it need not."""
        if self._still_waits():
            self._settle("withdrawn", by, "", at or timezone.now())

    def _still_waits(self) -> bool:
        """Locked, so that two answers at once are one."""
        row = Joining.objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.outcome = row.outcome
        return self.is_open

    def _settle(self, outcome: str, by: User, answer: str, at: datetime) -> None:
        self.outcome, self.settled_by, self.answer, self.settled_at = outcome, by, answer, at
        self.save(update_fields=["outcome", "settled_by", "answer", "settled_at"])
        record(f"joining.{outcome}", on=self, by=by, agency=self.community.agency, at=at)
        for kind in (JoiningInvited, JoiningAsked):
            kind.withdraw(about=self, at=at)


def _asked_for(community: Community, person: User, at: datetime) -> Community:
    """The community, locked; ValidationError with words when the person cannot belong to it."""
    locked = (
        Community.objects.select_for_update(of=("self",))
        .select_related("agency", "closure")
        .get(pk=community.pk)
    )
    if locked.is_closed:
        raise ValidationError(_("This community is closed. Nobody can join it."))
    if not locked.eligible(at).filter(pk=person.pk).exists():
        raise ValidationError(locked.why_not_eligible())
    return locked
