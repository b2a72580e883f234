"""One "next time I will ...", and what became of it. It does not know where it came from."""

from datetime import date, datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.session import Session
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import JOURNAL, NONE, WORK


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, person: User | int) -> Self:
        """A person's own: one may come from a reflection that nobody else reads."""
        return self.filter(person=person)

    def open(self) -> Self:
        """What has been neither tried nor let go, the next to come back first."""
        return self.filter(~self._is_over()).order_by("due_on", "pk")

    def ended(self) -> Self:
        """What was tried or let go, the last made first."""
        return self.filter(self._is_over()).order_by("-made_at", "-pk")

    def made_before(self, at: datetime, pk: int) -> Self:
        """Those that follow the one with this moment and id where the last made stands first."""
        return self.filter(Q(made_at__lt=at) | Q(made_at=at, pk__lt=pk))

    def due(self, on: date) -> Self:
        """What is open and comes back on that day or came before."""
        return self.open().filter(due_on__lte=on)

    def _is_over(self) -> Exists:
        return Exists(Outcome.objects.filter(commitment=OuterRef("pk"), kind__in=FINAL))


class Commitment(models.Model):
    """What a person will do next time, and the day on which it comes back to them.

    Its origin points at it (a session by `sessions`; a reflection, feedback or goal from above).
    """

    privacy = {
        "id": NONE,
        "person": WORK,
        "text": JOURNAL,
        "due_on": WORK,
        "made_at": WORK,
        "sessions": WORK,
    }
    outcomes: "OutcomeQuerySet"

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="commitments")
    text = models.TextField(
        _("next time I will"), max_length=500, help_text=_("One thing, small enough to try.")
    )
    due_on = models.DateField(_("bring it back on"))
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sessions = models.ManyToManyField(
        Session, through="Taking", related_name="commitments", blank=True
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="communities_commitment_says_what",
                violation_error_message=_("Write what you will do next time."),
            )
        ]

    def __str__(self) -> str:
        return f"commitment of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("communities:commitments.edit", args=[self.pk])

    @classmethod
    @transaction.atomic
    def make(
        cls, *, person: User, text: str, due_on: date, at: datetime | None = None
    ) -> "Commitment":
        """The person promises themselves something. The same words for the same day: once."""
        at = at or timezone.now()
        the_same = {"person": person, "text": text.strip(), "due_on": due_on}
        # A double click waits for itself.
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if twin := cls.objects.open().filter(**the_same).first():
            return twin
        made = cls.objects.create(**the_same, made_at=at)
        record("commitment.made", on=made, by=person, at=at)
        return made

    @property
    def final_outcome(self) -> "Outcome | None":
        """That it was tried, or let go; None while it is open."""
        return self.outcomes.filter(kind__in=FINAL).first()

    @property
    def last_outcome(self) -> "Outcome | None":
        """What was said of it last; costs nothing where outcomes are prefetched."""
        said = list(self.outcomes.all())
        return said[-1] if said else None

    @transaction.atomic
    def settle(
        self,
        kind: str,
        *,
        by: User,
        words: str = "",
        next_on: date | None = None,
        at: datetime | None = None,
    ) -> "Outcome":
        """Say what became of it. "Not yet" brings it back on `next_on`; the other two are the end.

        What was tried or let go stays so: settling it again returns what was said first.
        Raises ValidationError on `next_on` when "not yet" has no later day.
        """
        at = at or timezone.now()
        Commitment.objects.select_for_update().get(pk=self.pk)
        if said := self.final_outcome:
            return said
        due_before = self.due_on
        if kind == Outcome.Kind.NOT_YET:
            if next_on is None or next_on < timezone.localdate(at):
                raise ValidationError({"next_on": _("Choose a day to come, to bring it back.")})
            self.due_on = next_on
            self.save(update_fields=["due_on"])
        outcome = self.outcomes.create(kind=kind, words=words.strip(), at=at, due_before=due_before)
        record("commitment.settled", on=self, by=by, at=at)
        return outcome

    @transaction.atomic
    def take_back(self, outcome: "Outcome", *, by: User, at: datetime | None = None) -> bool:
        """Undo what was said of it last: it is open again, and back on the day it had before.

        False, and nothing changes, when that was taken back already or more was said since.
        """
        Commitment.objects.select_for_update().get(pk=self.pk)
        if self.outcomes.last() != outcome:
            return False
        if outcome.due_before:
            self.due_on = outcome.due_before
            self.save(update_fields=["due_on"])
        outcome.delete()
        record("commitment.taken_back", on=self, by=by, at=at)
        return True


class TakingQuerySet(models.QuerySet["Taking"]):
    def shown_to(self, person: User | int) -> Self:
        """What its owner shows to the session's members, and the person's own. Whether the person
        may see the session at all is asked before."""
        return self.filter(Q(shown_at__isnull=False) | Q(commitment__person=person))


class Taking(models.Model):
    """A commitment was taken in a session; `shown_at`: its owner shows it to the members there.

    Not every one is: a commitment from a private reflection on a session stays its owner's, and so
    do those that were taken when the page still said that nobody else reads them.
    """

    privacy = {"id": NONE, "commitment": WORK, "session": WORK, "shown_at": WORK}

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="taking")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="takings")
    shown_at = models.DateTimeField(null=True)

    objects = TakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment taken in a session")
        verbose_name_plural = _("commitments taken in a session")

    def __str__(self) -> str:
        return f"{self.commitment} from {self.session_id}"


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def by(self, person: User) -> Self:
        """What the person said of their own."""
        return self.filter(commitment__person=person)


class Outcome(models.Model):
    """What became of a commitment when it came back."""

    privacy = {
        "id": NONE,
        "commitment": WORK,
        "kind": WORK,
        "words": JOURNAL,
        "at": WORK,
        "due_before": WORK,
    }

    class Kind(models.TextChoices):
        TRIED = "tried", _("I tried it")
        NOT_YET = "not_yet", _("Not yet")
        LET_GO = "let_go", _("I let it go")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(_("what became of it"), max_length=8, choices=Kind)
    words = models.TextField(_("what you noticed"), max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    due_before = models.DateField(null=True)  # the day that taking it back goes back to

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["tried", "not_yet", "let_go"]),
                name="communities_outcome_kind",
                violation_error_message=_("Choose what became of it."),
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(kind__in=["tried", "let_go"]),
                name="communities_outcome_one_end",
                violation_error_message=_("You have said what became of it already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


FINAL = (Outcome.Kind.TRIED, Outcome.Kind.LET_GO)
