"""Calling a session off, and spending its minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Cancellation, Part, Session, agenda_of
from communities.scopes import SCOPES
from portal.practice.models import Principle, Skill
from portal.web.forms import Form, LongText, ModelForm

MINUTES = {
    "invalid": _("Enter the minutes as a number, like 10."),
    "min_value": _("Enter 0 or more minutes."),
    "max_value": _("Enter at most 480 minutes."),
}


class CancellationForm(ModelForm):
    """`scope` says how far it reaches; unsaid, it is this one session."""

    scope = forms.ChoiceField(
        choices=[(scope, scope) for scope in SCOPES],
        required=False,
        initial="this",
    )

    class Meta:
        model = Cancellation
        fields = ["reason"]
        widgets = {"reason": LongText({"rows": 3})}


def minutes_of(label: Any, help_text: Any = "") -> forms.IntegerField:
    """The minutes of one part; 0 leaves it out."""
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=480, error_messages=MINUTES
    )


class AgendaForm(Form):
    """The one focus, and the minutes of each part. `why` is asked when reflection is cut short."""

    focus = forms.ChoiceField(label=_("Focus"), required=False)
    lesson = minutes_of(_("Lesson"), _("What it is, why it matters, what it looks like."))
    activity = minutes_of(_("Activity"), _("Use it, or spot it, together."))
    discussion = minutes_of(_("Discussion"))
    commitments = minutes_of(_("Commitments"), _("One “next time I will …” each."))
    debrief = minutes_of(_("Debrief"))
    why = forms.CharField(
        label=_("Why there is less time to reflect"),
        max_length=500,
        required=False,
        help_text=_("Only if discussion and debrief get less than the series keeps for them."),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        focus = session.focus
        initial: dict[str, Any] = dict.fromkeys(Part.values, 0)
        initial |= {item.kind: item.minutes for item in agenda_of(session)}
        initial["focus"] = f"{focus._meta.model_name}-{focus.pk}" if focus else ""
        super().__init__(*args, initial=initial, **kwargs)
        self.words: dict[str, Principle | Skill] = {
            f"{word._meta.model_name}-{word.pk}": word
            for words in (Principle.objects.all(), Skill.objects.all())
            for word in words
        }
        by_kind: dict[str, list[tuple[str, str]]] = {"principle": [], "skill": []}
        for key, word in self.words.items():
            by_kind[key.partition("-")[0]].append((key, word.name))
        self.fields["focus"].choices = [  # type: ignore[attr-defined]
            ("", _("Nothing in particular")),
            (_("Principles"), by_kind["principle"]),
            (_("Skills"), by_kind["skill"]),
        ]

    def focus_chosen(self) -> Principle | Skill | None:
        return self.words.get(self.cleaned_data["focus"])

    def parts(self) -> dict[str, int]:
        return {part: self.cleaned_data.get(part) or 0 for part in Part.values}
