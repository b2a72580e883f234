"""Forms of focus goals."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.forms import not_in_the_past
from fidelity.models import Feedback, GoalOutcome
from fidelity.models.goal import MOST_ACTIONS
from fidelity.widgets import Choice, Radios, Words
from portal.agencies.models import Supervision
from portal.people.models import User
from portal.web.forms import Form


class GoalForm(Form):
    """One goal, the steps to it, the day and who looks at it."""

    text = forms.CharField(
        label=_("The goal"),
        max_length=300,
        help_text=_("One thing, in their words. Whoever reviews them next reads it."),
        error_messages={"required": _("Write the goal.")},
    )
    actions = forms.CharField(
        label=_("What they will do"),
        widget=Words({"rows": 4}),
        help_text=_("One action on each line, five at most."),
        error_messages={"required": _("Write one to five actions, one on each line.")},
    )
    due_on = forms.DateField(label=_("Look at it again on"))
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label=_("Who looks at it with them"), empty_label=None, widget=Choice
    )

    def __init__(self, *args: Any, feedback: Feedback, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review = feedback.review
        relations = Supervision.objects.current().filter(
            agency=review.agency_id, supervisee=review.subject_id
        )
        people = {feedback.author_id, *relations.values_list("supervisor", flat=True)}
        reviewer = self.fields["reviewer"]
        assert isinstance(reviewer, forms.ModelChoiceField)
        reviewer.queryset = User.objects.filter(pk__in=people).exclude(pk__in=[review.subject_id])
        reviewer.queryset = reviewer.queryset.order_by("name", "pk")
        reviewer.initial = feedback.author_id

    def clean_actions(self) -> list[str]:
        lines = [line.strip(" \t-*•") for line in self.cleaned_data["actions"].splitlines()]
        actions = [line for line in lines if line]
        if not 1 <= len(actions) <= MOST_ACTIONS:
            raise forms.ValidationError(_("Write one to five actions, one on each line."))
        if any(len(action) > 200 for action in actions):
            raise forms.ValidationError(_("Keep each action under 200 letters."))
        return actions

    def clean_due_on(self) -> Any:
        return not_in_the_past(self.cleaned_data["due_on"])


class OutcomeForm(Form):
    kind = forms.ChoiceField(
        label=_("What became of it"), choices=GoalOutcome.Kind.choices, widget=Radios
    )
    words = forms.CharField(
        label=_("In a word or two"),
        max_length=300,
        help_text=_("What you saw. Dropping a goal is fine: say what made it the wrong one."),
        error_messages={"required": _("Say in a word or two what you saw.")},
    )
    next_on = forms.DateField(label=_("Carried on: look at it again on"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == GoalOutcome.Kind.CARRIED_ON and "next_on" not in self.errors:
            day = cleaned.get("next_on")
            if day is None or day < timezone.localdate():
                self.add_error("next_on", _("Choose a day in the future."))
        return cleaned
