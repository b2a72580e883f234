"""What a member writes to who presented a case."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.case_round import CaseRound
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, person: User) -> Self:
        """Those written to the person, and their own."""
        return self.filter(Q(case_round__presenter=person) | Q(author=person))


class Suggestion(models.Model):
    """What a member writes to the presenter, who alone reads it."""

    privacy = {"id": NONE, "case_round": WORK, "author": WORK, "text": FREE, "at": WORK}

    case_round = models.ForeignKey(CaseRound, on_delete=models.CASCADE, related_name="suggestions")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("your suggestion"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="communities_suggestion_says_something",
                violation_error_message=_("Write your suggestion."),
            )
        ]

    def __str__(self) -> str:
        return f"suggestion for {self.case_round_id}"
