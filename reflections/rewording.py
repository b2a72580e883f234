"""The form in which an author replaces what the identifier check found."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.web.forms import Form
from reflections.checking import Passage, asked_with, passages_of, reworded
from reflections.models import Conflict, Question, Reflection
from reflections.models.answers import Answers, TooLong
from reflections.models.question import LONG_QUESTION
from reflections.models.question import LONGEST as LONGEST_QUESTION

AT_ONCE = 100  # passages on one page: a browser sends, and a server takes, so many fields
LONGEST = 200  # characters of one replacement

CHANGED = _("The text was changed meanwhile. Look at what stands here now, then try again.")


class RewordingForm(Form):
    """For each passage whether to replace it, and by what. Saves through the ordinary save."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, reflection: Reflection, author: User, data: Any = None) -> None:
        self.reflection, self.author = reflection, author
        found = passages_of(reflection, author)
        self.passages, self.later = found[:AT_ONCE], len(found[AT_ONCE:])
        super().__init__(data, initial={"version": reflection.version}, auto_id="found_%s")
        for passage in self.passages:
            says = {"aria-describedby": f"found_{passage.key}"}  # the passage, which both are about
            self.fields[f"use_{passage.key}"] = forms.BooleanField(
                label=_("Replace it with"),
                required=False,
                initial=True,
                widget=forms.CheckboxInput(says),
            )
            self.fields[f"words_{passage.key}"] = forms.CharField(
                label=_("What to put there instead"),
                required=False,
                initial=passage.replacement,
                widget=forms.TextInput(says | {"autocomplete": "off"}),
            )

    def rows(self) -> Iterator[tuple[Passage, forms.BoundField, forms.BoundField]]:
        """Each passage with its two fields."""
        for passage in self.passages:
            yield passage, self[f"use_{passage.key}"], self[f"words_{passage.key}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for passage in self.passages:
            if len(cleaned.get(f"words_{passage.key}", "")) > LONGEST:
                self.add_error(f"words_{passage.key}", _("Say it in up to 200 characters."))
        return cleaned

    def save(self) -> int:
        """Replace what was chosen; how many passages that were. Raises ValidationError with words
        when the text was changed meanwhile, or would grow too long."""
        chosen = {
            passage.key: self.cleaned_data[f"words_{passage.key}"]
            for passage in self.passages
            if self.cleaned_data[f"use_{passage.key}"]
        }
        if not chosen:
            return 0
        entry = self.reflection
        *texts, asked = reworded([*entry.answers.values(), asked_with(entry)], self.author, chosen)
        try:
            self._store(dict(zip(entry.answers, texts, strict=True)), asked.strip())
        except Conflict:
            self._go_on()
            raise forms.ValidationError(CHANGED) from None
        except TooLong as error:
            raise forms.ValidationError(str(error)) from None
        return len(chosen)

    @transaction.atomic
    def _store(self, answers: Answers, asked: str) -> None:
        """Both or neither. What is asked has a limit of its own."""
        entry = self.reflection
        if len(asked) > LONGEST_QUESTION:
            raise forms.ValidationError(LONG_QUESTION, params={"longest": LONGEST_QUESTION})
        entry.save_draft(answers, version=self.cleaned_data["version"])
        if asked != asked_with(entry):
            Question.objects.ask(entry, asked, by=self.author)

    def _go_on(self) -> None:
        """Show the form again for the text that stands now."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(self.reflection.version)
        self.data = data
