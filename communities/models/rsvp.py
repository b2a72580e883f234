"""Who means to come to a session, with a word to the host."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.session import Session
from communities.notices import SessionReminder
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    def declined(self) -> Self:
        return self.filter(answer=Rsvp.Answer.NO)

    def counts(self) -> dict[str, int]:
        """How many said each, also where that is nobody."""
        said = dict(self.order_by().values_list("answer").annotate(Count("pk")))
        return {answer: said.get(answer, 0) for answer in Rsvp.Answer.values}


class Rsvp(models.Model):
    """One person's answer for one session: the last one they gave. No row: they have not said.

    The word is for whoever runs the session.
    """

    privacy = {
        "id": NONE,
        "session": WORK,
        "person": WORK,
        "answer": WORK,
        "word": FREE,
        "at": WORK,
    }

    class Answer(models.TextChoices):
        YES = "yes", _("I am coming")
        MAYBE = "maybe", _("I may come")
        NO = "no", _("I cannot come")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rsvps")
    answer = models.CharField(_("Will you come?"), max_length=5, choices=Answer)
    word = models.CharField(
        _("a word to the host"),
        max_length=300,
        blank=True,
        help_text=_("Only those who run the session read it. Name no family."),
    )
    at = models.DateTimeField(default=timezone.now)

    objects = RsvpQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["session", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="communities_rsvp_once",
                violation_error_message=_("You have answered for this session already."),
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "maybe", "no"]),
                name="communities_rsvp_answer",
                violation_error_message=_("Choose yes, no or maybe."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.session_id}: {self.answer}"

    @classmethod
    @transaction.atomic
    def give(
        cls,
        session: Session,
        person: User,
        *,
        answer: str,
        word: str = "",
        at: datetime | None = None,
    ) -> "Rsvp":
        """Say whether one comes, or change one's mind. The same again changes nothing.

        Someone who says no is not reminded any more. Raises ValidationError with words where
        there is nothing left to answer for.
        """
        at = at or timezone.now()
        if session.is_cancelled:
            raise ValidationError(_("This session is called off. There is nothing to answer."))
        if session.is_over(at):
            raise ValidationError(_("This session is over. There is nothing to answer any more."))
        word = word.strip()
        rsvp, fresh = cls.objects.select_for_update(of=("self",)).get_or_create(
            session=session, person=person, defaults={"answer": answer, "word": word, "at": at}
        )
        if not fresh:
            if (rsvp.answer, rsvp.word) == (answer, word):
                return rsvp
            rsvp.answer, rsvp.word, rsvp.at = answer, word, at
            rsvp.save(update_fields=["answer", "word", "at"])
        if answer == cls.Answer.NO:
            SessionReminder.withdraw(about=session, people=[person], at=at)
        record("session.answered", on=rsvp, by=person, agency=session.community.agency, at=at)
        return rsvp
