"""A set of prompts as an agency's admin writes it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Role
from portal.practice.models import Skill
from portal.web.forms import Form, dress
from reflections.models import PromptSet
from reflections.models.prompt import Question

MOST = 8  # questions: more than a few minutes can answer


class PromptSetForm(Form):
    """Its name, whom and what it is for, and its questions; what is left empty is not asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=80)
    role = forms.ChoiceField(
        label=_("For"), required=False, choices=[("", _("Everybody")), *Role.choices]
    )
    skill = forms.ModelChoiceField(
        label=_("About the skill"),
        required=False,
        queryset=Skill.objects.all(),
        empty_label=_("None"),
    )

    def __init__(self, data: Any = None, *, standing: PromptSet | None = None) -> None:
        asked = list(standing.prompts.all()) if standing else []
        initial: dict[str, Any] = {"key": uuid.uuid4()}
        if standing:
            initial |= {"name": standing.name, "role": standing.role, "skill": standing.skill_id}
        for place, prompt in enumerate(asked, start=1):
            initial |= {f"question_{place}": prompt.question, f"hint_{place}": prompt.hint}
        super().__init__(data, initial=initial)
        for place in range(1, MOST + 1):
            self.fields[f"question_{place}"] = forms.CharField(
                label=_("Question %(n)d") % {"n": place}, max_length=160, required=place == 1
            )
            self.fields[f"hint_{place}"] = forms.CharField(
                label=_("A hint that helps to begin"), max_length=240, required=False
            )
            dress(self.fields[f"question_{place}"], f"question_{place}")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(2, MOST + 1):
            if cleaned.get(f"hint_{place}") and not cleaned.get(f"question_{place}"):
                self.add_error(f"question_{place}", _("Write the question that this hint is for."))
        return cleaned

    def questions(self) -> list[Question]:
        """(question, hint) pairs in their order."""
        said = self.cleaned_data
        places = range(1, MOST + 1)
        return [(q, said[f"hint_{n}"]) for n in places if (q := said[f"question_{n}"])]

    def about(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "role", "skill")}

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each question with its hint, as the page draws them."""
        return [(self[f"question_{n}"], self[f"hint_{n}"]) for n in range(1, MOST + 1)]
