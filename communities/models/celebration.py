"""Recognising a member for something learned, a failure's lesson included. It is theirs: they say
whether it is shown, and to whom. Nothing is counted, and nobody is ranked."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community, CommunityQuerySet
from communities.models.membership import Membership
from communities.models.reach import is_visible, joined
from communities.models.said import SAID, Said, has_words
from communities.notices.celebrations import CelebrationAnswered, CelebrationOffered
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK


class CelebrationQuerySet(models.QuerySet["Celebration"]):
    def of(self, person: User | int) -> Self:
        """What was said to the person, and they did not decline."""
        return self.filter(person=person).exclude(answer__agreed=False)

    def in_words(self) -> Self:
        """With what was said, to whom and by whom, and no more."""
        return self.select_related("person", "by").only(
            "kind", "text", "at", "person__name", "by__name"
        )

    def in_rows(self) -> Self:
        """With who sees each besides."""
        return self.select_related("person", "by", "answer__community").only(
            "kind", "text", "at", "person__name", "by__name", "answer__agreed",
            "answer__community__name",
        )  # fmt: skip

    def answerable_by(self, person: User) -> Self:
        """What was said to the person: they may change their mind, also of a no."""
        return self.filter(person=person)

    def said_by(self, person: User | int) -> Self:
        """What the person said."""
        return self.filter(by=person)

    def waiting(self) -> Self:
        """What has had no answer."""
        return self.filter(answer=None)

    def shown_in(self, *communities: int, at: datetime | None = None) -> Self:
        """What the celebrated, still a member, lets one of these communities see."""
        belongs = Membership.objects.current(at).filter(
            community=OuterRef("answer__community"), person=OuterRef("person")
        )
        return self.filter(Exists(belongs), answer__community__in=communities)

    def removable_by(self, person: User) -> Self:
        """What the person said, or was said to them."""
        return self.filter(Q(by=person) | Q(pk__in=self.of(person).values("pk")))

    def visible_to(self, person: User) -> Self:
        """Their own, what they said, and what communities that they see are shown."""
        shown = Q(answer__agreed=True) & is_visible(person, "answer__community")
        own = Q(person=person) & (Q(answer=None) | Q(answer__agreed=True))
        return self.filter(own | Q(by=person) | shown)


class Celebration(Said):
    """`by` recognises `person`. Who reads it besides the two stands in the answer."""

    answer: "CelebrationAnswer"
    privacy = {**SAID, "person": WORK, "community": WORK, "kind": NONE, "text": FREE}

    class Kind(models.TextChoices):
        LEARNED = "learned", _("Something they learned")
        FAILURE = "failure", _("What a setback taught them")

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # Where it was said; whether it is shown there is the answer's to say.
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("you celebrate"), max_length=8, choices=Kind)
    text = models.TextField(_("your words to them"), max_length=1000)

    objects = CelebrationQuerySet.as_manager()

    class Meta(Said.Meta):
        verbose_name = _("celebration")
        verbose_name_plural = _("celebrations")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-id"], name="communities_celebration_person")]
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["learned", "failure"]),
                name="communities_celebration_kind",
                violation_error_message=_("Say what you celebrate."),
            ),
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(by=models.F("person")),
                name="communities_celebration_of_another",
                violation_error_message=_("Choose somebody else."),
            ),
            has_words("text", "celebration", _("Write your words to them.")),
        ]

    def __str__(self) -> str:
        return f"celebration {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("communities:celebrations.edit", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        return hasattr(self, "answer")

    @property
    def audience(self) -> int | None:
        """The id of the community that is shown it."""
        return self.answer.community_id if self.is_answered else None

    @classmethod
    @transaction.atomic
    def offer(
        cls,
        person: User,
        *,
        community: Community,
        by: User,
        kind: str,
        text: str,
        key: UUID | None = None,
        at: datetime | None = None,
    ) -> "Celebration":
        """Say it to the person, who alone is told. The same key again changes nothing.

        Raises ValidationError when both don't belong to the community.
        """
        at = at or timezone.now()
        if (
            person.pk == by.pk
            or community.members(at).filter(pk__in=[person.pk, by.pk]).count() < 2
        ):
            raise ValidationError({"person": _("Choose another member of this community.")})
        celebration, fresh = cls.say(
            by=by, key=key, person=person, community=community, kind=kind, text=text, at=at
        )
        if fresh:
            record("celebration.offered", on=celebration, by=by, agency=community.agency, at=at)
            CelebrationOffered.tell([person], about=celebration, due_at=at)
        return celebration

    def audiences(self) -> CommunityQuerySet:
        """The communities that both belong to: where it may be shown."""
        both = set(joined(self.person)) & set(joined(self.by)) if self.by else []
        return Community.objects.filter(pk__in=both)

    @transaction.atomic
    def agree(self, *, by: User, community: Community | None, at: datetime | None = None) -> None:
        """The celebrated is glad of it: `community` sees it, or None: the two alone. They may
        choose again at any time.

        Raises ValidationError on `audience` for a community that both don't belong to.
        """
        if community and not self.audiences().filter(pk=community.pk).exists():
            raise ValidationError({"audience": _("Choose a community that you both belong to.")})
        self._answer(by=by, agreed=True, community=community, at=at)

    @transaction.atomic
    def decline(self, *, by: User, at: datetime | None = None) -> None:
        """The celebrated would rather not. Whoever said it learns that it was read, no more."""
        self._answer(by=by, agreed=False, community=None, at=at)

    @transaction.atomic
    def take_back(self, *, by: User, at: datetime | None = None) -> None:
        """Either of the two makes it as if it had not been said."""
        CelebrationOffered.withdraw(about=self, at=at)
        CelebrationAnswered.withdraw(about=self, at=at)
        record("celebration.taken_back", on=self, by=by, agency=self.community.agency, at=at)
        self.delete()

    def _answer(
        self, *, by: User, agreed: bool, community: Community | None, at: datetime | None
    ) -> None:
        at = at or timezone.now()
        if by.pk != self.person_id:
            raise ValidationError(_("Only the one it is for can answer."))
        answer, fresh = CelebrationAnswer.objects.get_or_create(
            celebration=self, defaults={"agreed": agreed, "community": community, "at": at}
        )
        if not fresh:
            if (answer.agreed, answer.community_id) == (agreed, community and community.pk):
                return
            answer.agreed, answer.community, answer.at = agreed, community, at
            answer.save(update_fields=["agreed", "community", "at"])
        # The record does not tell a yes from a no: that stays with the one it is for.
        record("celebration.answered", on=self, by=by, agency=self.community.agency, at=at)
        if fresh and self.by:
            CelebrationAnswered.tell([self.by], about=self, due_at=at)


class CelebrationAnswer(models.Model):
    """The celebrated's say: no, or yes and who sees it besides the two (nobody, or a community)."""

    privacy = {"id": NONE, "celebration": WORK, "agreed": WORK, "community": WORK, "at": WORK}

    celebration = models.OneToOneField(Celebration, on_delete=models.CASCADE, related_name="answer")
    agreed = models.BooleanField()
    community = models.ForeignKey(Community, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a celebration")
        verbose_name_plural = _("answers to celebrations")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed=True) | Q(community=None),
                name="communities_celebrationanswer_no_is_private",
                violation_error_message=_("What was declined is shown nowhere."),
            )
        ]

    def __str__(self) -> str:
        return f"answer to celebration {self.celebration_id}"
