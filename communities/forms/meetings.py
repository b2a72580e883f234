"""What is entered while a session meets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms.commitments import CommitmentForm
from communities.models import AttendanceCorrection, CaseRound, Part, Session, Step, Suggestion
from communities.models.turn import OVER
from portal.practice.models import Principle, Skill
from portal.practice.vocabulary import terms
from portal.web.forms import Form, LongText, ModelForm

WORDS: dict[str, type[Principle] | type[Skill]] = {"principle": Principle, "skill": Skill}


class TurnForm(Form):
    """The part to begin, or `more` minutes for the one that runs."""

    kind = forms.ChoiceField(
        choices=[*Part.choices, (OVER, OVER)], widget=forms.HiddenInput, required=False
    )
    more = forms.IntegerField(min_value=1, max_value=60, widget=forms.HiddenInput, required=False)
    had = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Why there is less time to reflect"),
        max_length=500,
        required=False,
        widget=LongText({"rows": 3}),
        help_text=_("It is kept with the session, so that the community sees what its time does."),
    )


class FocusForm(Form):
    """The one principle or skill."""

    focus = forms.ChoiceField(label=_("Focus"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = terms()
        self.fields["focus"].choices = [  # type: ignore[attr-defined]
            ("", _("Nothing in particular")),
            (_("Principles"), [(f"principle-{pk}", name) for pk, name in words["principle"]]),
            (_("Skills"), [(f"skill-{pk}", name) for pk, name in words["skill"]]),
        ]

    @staticmethod
    def of(session: Session) -> dict[str, str]:
        """What the form begins with."""
        held = {kind: getattr(session, f"focus_{kind}_id") for kind in WORDS}
        return {"focus": next((f"{kind}-{pk}" for kind, pk in held.items() if pk), "")}

    def chosen(self) -> Principle | Skill | None:
        kind, _dash, pk = self.cleaned_data["focus"].partition("-")
        return WORDS[kind].objects.get(pk=pk) if pk else None


class NotesForm(Form):
    """`version`: what the page began from. `page`: which page it is, so that it may go on though
    an answer to it got lost."""

    text = forms.CharField(
        label=_("Notes"),
        required=False,
        strip=False,
        widget=LongText({"rows": 8}),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    page = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class CodeForm(Form):
    autocomplete = {"code": "off"}
    code = forms.CharField(
        label=_("The code on the screen"),
        max_length=20,
        error_messages={"required": _("Type the five letters that your host shows.")},
    )


class PromiseForm(CommitmentForm):
    """A commitment that is taken in a session."""

    only_me = forms.BooleanField(label=_("Keep this one to myself"), required=False)


class CaseRoundForm(ModelForm):
    class Meta:
        model = CaseRound
        fields = ["question"]
        widgets = {"question": LongText({"rows": 5})}
        error_messages = {"question": {"required": _("Write what you want to ask.")}}


class StepForm(Form):
    step = forms.ChoiceField(choices=Step.choices, widget=forms.HiddenInput)


class SuggestionForm(ModelForm):
    class Meta:
        model = Suggestion
        fields = ["text"]
        widgets = {"text": LongText({"rows": 4})}
        error_messages = {"text": {"required": _("Write your suggestion.")}}


class MarkForm(Form):
    """One person, or everyone of whom nothing is known yet."""

    person = forms.IntegerField(required=False)
    everyone = forms.BooleanField(required=False)
    came = forms.BooleanField(required=False)


class CorrectionForm(ModelForm):
    field_order = ["came", "reason"]
    came = forms.TypedChoiceField(
        label=_("Did they come?"),
        choices=[("yes", _("Yes, they were there")), ("no", _("No, they were not"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they came.")},
    )

    class Meta:
        model = AttendanceCorrection
        fields = ["reason"]
        widgets = {"reason": LongText({"rows": 3})}
        error_messages = {"reason": {"required": _("Say why you put it right.")}}
