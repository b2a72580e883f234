"""Forms of practice experiments: the plan with its prediction first, then what came of it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.experiments import Choices
from fidelity.models import Experiment
from fidelity.models.experiment import PLAN
from fidelity.widgets import Choice, Radios, Words
from portal.web.forms import Form


class PlanTrialForm(Form):
    """The prediction comes first: what is expected, before anything is tried."""

    prediction = forms.CharField(
        label=_("What we expect will happen"),
        max_length=1000,
        widget=Words({"rows": 3}),
        help_text=_("Before anything else, and it stays as it is once the trial has begun."),
        error_messages={"required": _("Write what you expect before anything else.")},
    )
    aim = forms.CharField(label=_("What we want to get better at"), max_length=200)
    change = forms.CharField(
        label=_("What we will try"),
        max_length=1000,
        widget=Words({"rows": 3}),
        help_text=_("Small: a few visits, a few people, a few weeks. Name no family."),
    )
    begins_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["begins_on"].initial = today
        self.fields["ends_on"].initial = today + timedelta(days=28)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("Choose an end that comes after the start."))
        return cleaned


class NewTrialForm(PlanTrialForm):
    """A first cycle: with whom, and by which measure it is told."""

    team = forms.ChoiceField(label=_("With whom"), widget=Choice)
    series = forms.ChoiceField(label=_("The one measure"), widget=Choice)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = choices
        for name, offered in (("team", choices.teams), ("series", choices.series)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(key, label) for key, (_value, label) in offered.items()]

    def plan(self) -> dict[str, Any]:
        """What a valid form plans, as `Experiment.objects.start` takes it."""
        given = dict(self.cleaned_data)
        measure, source = self.given.series[given.pop("series")][0]
        team = self.given.teams[given.pop("team")][0]
        return given | {"team": team, "measure": measure, "source": source}


class NotesForm(Form):
    done = forms.CharField(
        label=_("Do: what happened"), max_length=2000, required=False, widget=Words({"rows": 3})
    )
    learned = forms.CharField(
        label=_("Study: what we learned, beside what we expected"),
        max_length=2000,
        required=False,
        widget=Words({"rows": 3}),
    )


class DecisionForm(NotesForm):
    decision = forms.ChoiceField(
        label=_("Act: what we do with it"),
        choices=[
            ("adopt", _("Adopt it: this is how we do it now")),
            ("adapt", _("Adapt it: another cycle, changed")),
            ("abandon", _("Abandon it: it was worth trying")),
        ],
        widget=Radios,
    )

    def clean_learned(self) -> str:
        learned = str(self.cleaned_data["learned"]).strip()
        if not learned:
            raise forms.ValidationError(_("Say what you learned, beside what you expected."))
        return learned


def plan_of(experiment: Experiment) -> dict[str, Any]:
    """What the form of a plan begins with."""
    return {name: getattr(experiment, name) for name in PLAN}


def notes_of(experiment: Experiment) -> dict[str, str]:
    """What the form of the notes, and that of the decision, begins with."""
    return {"done": experiment.done, "learned": experiment.learned}
