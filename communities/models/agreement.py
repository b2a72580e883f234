"""What the members of a community promise each other, in its own words, version by version."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.leaving import on_leaving
from communities.models.community import Community
from communities.models.membership import Membership
from communities.models.reach import is_hosted, is_joined, is_visible
from communities.notices import AgreementAsked
from portal.audit.events import record
from portal.people.models import User
from portal.people.named import Named
from portal.web.privacy import FREE, NONE, WORK

MEANWHILE = _("Someone saved another version while you wrote. Read it, then save yours.")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: User) -> Self:
        return self.filter(is_visible(person, "community"))

    def hosted_by(self, person: User) -> Self:
        return self.filter(is_hosted(person, "community"))

    def joined_by(self, person: User) -> Self:
        """What the person, as a member, can accept."""
        return self.filter(is_joined(person, "community"))

    def in_force(self) -> Self:
        """The newest version of each community's."""
        newest = Agreement.objects.filter(community=OuterRef("community")).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def waiting_for(self, person: User) -> Self:
        """What holds in communities of theirs, and they have not accepted yet."""
        theirs = Acceptance.objects.filter(agreement=OuterRef("pk"), person=person)
        return self.joined_by(person).in_force().filter(~Exists(theirs), community__closure=None)


class Agreement(models.Model):
    """One version. It never changes: other words are another version, which everyone is asked
    to accept again."""

    privacy = {
        "id": NONE,
        "community": WORK,
        "number": NONE,
        "text": FREE,
        "what_changed": FREE,
        "by": WORK,
        "at": WORK,
    }

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveIntegerField()
    text = models.TextField(
        _("what you promise each other"),
        max_length=5000,
        help_text=_("What stays here, how you listen, what happens when it goes wrong."),
    )
    what_changed = models.CharField(
        _("what changed, and why"),
        max_length=300,
        blank=True,
        help_text=_("One sentence. Members read it before they are asked again."),
    )
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["community", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"],
                name="communities_agreement_number_once",
                violation_error_message=_("Somebody wrote this version already."),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(what_changed="")),
                name="communities_agreement_says_what_changed",
                violation_error_message=_("Say in one sentence what changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("communities:agreements.show", args=[self.pk])

    @property
    def is_in_force(self) -> bool:
        return not self.community.agreements.filter(number__gt=self.number).exists()

    def earlier(self) -> "Agreement | None":
        """The version before this one."""
        return self.community.agreements.filter(number=self.number - 1).first()

    @classmethod
    def accepted_by_member(cls, community: Community) -> list[tuple[Named, int | None]]:
        """(member, the last version that they accepted, or None), in the order of the roll."""
        accepted = Acceptance.objects.filter(agreement__community=community)
        last = dict(
            accepted.order_by("agreement__number").values_list("person", "agreement__number")
        )
        return [(person, last.get(person.pk)) for _pk, person, _role in community.roll()]

    @classmethod
    @transaction.atomic
    def write(
        cls,
        community: Community,
        *,
        text: str,
        by: User,
        after: int = 0,
        what_changed: str = "",
        at: datetime | None = None,
    ) -> "Agreement":
        """The next version, after version `after`; every member is asked. The same words again
        are no new version. Whoever writes it as a member accepts it by that.

        Raises ValidationError with words when somebody wrote one in the meantime, or when what
        changed is not said.
        """
        at = at or timezone.now()
        Community.objects.select_for_update().get(pk=community.pk)
        last = community.agreements.first()
        if last and last.text == text:
            return last
        if (last.number if last else 0) != after:
            raise ValidationError(MEANWHILE, code="written_meanwhile")
        agreement = cls(
            community=community,
            number=after + 1,
            text=text,
            what_changed=what_changed,
            by=by,
            at=at,
        )
        agreement.full_clean()
        agreement.save()
        record("agreement.written", on=agreement, by=by, agency=community.agency, at=at)
        if last:
            AgreementAsked.withdraw(about=last, at=at)
        members = community.members(at)
        if members.filter(pk=by.pk).exists():
            agreement.accept(person=by, at=at)
        AgreementAsked.tell(members.exclude(pk=by.pk), about=agreement, due_at=at)
        return agreement

    @transaction.atomic
    def accept(self, *, person: User, at: datetime | None = None) -> "Acceptance":
        """The person promises what it says. Twice is as once.

        Raises ValidationError when it is not in force any more: nobody promises old words.
        """
        if not self.is_in_force:
            raise ValidationError(_("There is a newer version. Read that one first."))
        at = at or timezone.now()
        acceptance, fresh = self.acceptances.get_or_create(person=person, defaults={"at": at})
        if fresh:
            record("agreement.accepted", on=self, by=person, agency=self.community.agency, at=at)
            AgreementAsked.withdraw(about=self, people=[person], at=at)
        return acceptance


class Acceptance(models.Model):
    """A member accepted a version. It goes when they leave: someone who comes back is asked."""

    privacy = {"id": NONE, "agreement": WORK, "person": WORK, "at": WORK}

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("acceptance of an agreement")
        verbose_name_plural = _("acceptances of agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person"],
                name="communities_acceptance_once",
                violation_error_message=_("They accepted this version already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} accepts {self.agreement}"


@on_leaving
def forget_acceptances(membership: Membership, by: User | None, at: datetime) -> None:
    """Who comes back is asked again; that they had accepted is in the audit."""
    theirs = Acceptance.objects.filter(agreement__community=membership.community)
    theirs.filter(person=membership.person).delete()
