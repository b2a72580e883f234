"""The forms of the journal. None has a `maxlength`: a browser would cut what was pasted without
a word; the server says how much too long it is, and the text stays in its box."""

import uuid
from collections.abc import Callable
from functools import cache, partial
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.practice.vocabulary import terms
from portal.web.forms import Form, LongText
from reflections.checking import passages_in, reworded
from reflections.models import Conflict, Reflection, Version
from reflections.models.answers import TooLong, tidied, tidy
from reflections.models.fitted import fitted
from reflections.models.prompt import prompts_of
from reflections.models.question import LONG_QUESTION
from reflections.models.question import LONGEST as LONGEST_QUESTION
from reflections.models.response import LONGEST as LONGEST_RESPONSE
from reflections.models.self_rating import HIGHEST, LOWEST
from reflections.pages import prompts_on

NEXT_TIME_LONGEST = 500  # characters


class Words(forms.CharField):
    """Text as it was typed: nothing trimmed, nothing refused but length."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, required=False, **options)
        self.template_name = "reflections/_box.html"

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")  # before the check for NUL, which nobody types


def vocabulary() -> dict[str, list[tuple[Any, Any]]]:
    """The words an entry can be about, by kind and in their order, or none of them."""
    return {kind: [("", _("None")), *words] for kind, words in terms().items()}


def choice(label: Any) -> forms.IntegerField:
    """One word of the vocabulary. Its list is read when the page is drawn, not when it saves."""
    return forms.IntegerField(label=label, required=False, widget=forms.Select)


def _words_of(words: Callable[[], dict[str, Any]], kind: str) -> list[tuple[Any, Any]]:
    return list(words()[kind])


class WritingForm(Form):
    """A page of the journal: a box a prompt, and what is next. Saves a draft at any point."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.UUIDField(widget=forms.HiddenInput)
    prompts = forms.IntegerField(widget=forms.HiddenInput)
    session = forms.IntegerField(widget=forms.HiddenInput, required=False)
    next_time = Words(label=_("Next time I will"), widget=forms.Textarea({"rows": 2}))
    next_time_on = forms.DateField(
        label=_("Remind me on"),
        required=False,
        help_text=_("Leave it empty and it comes back in two weeks."),
    )
    principle = choice(_("Principle"))
    phase = choice(_("Phase"))
    skill = choice(_("Skill"))
    rating = forms.TypedChoiceField(
        label=_("How did this skill go for you?"),
        help_text=_("1: hardly yet. 5: it came by itself. Only you ever see this."),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not now")), *((n, str(n)) for n in range(LOWEST, HIGHEST + 1))],
        widget=forms.RadioSelect,
    )

    def __init__(self, reflection: Reflection, data: Any = None, session: str = "") -> None:
        self.reflection = reflection
        self.rated = reflection.rated
        # What this page asks: not what the entry does, where that was given other prompts since.
        self.asked = prompts_of(prompts_on(reflection, (data or {}).get("prompts")))
        super().__init__(data, initial=self._standing(session), auto_id="write_%s")
        for prompt in self.asked:
            self.fields[f"answer_{prompt.pk}"] = Words(
                label=str(prompt), help_text=prompt.spoken_hint, widget=LongText
            )
        words = cache(vocabulary)  # as long as this form
        for kind in ("principle", "phase", "skill"):
            select = cast(forms.Select, self.fields[kind].widget)
            select.choices = partial(_words_of, words, kind)  # type: ignore[assignment]
        if reflection.commitment_id:
            del self.fields["next_time"], self.fields["next_time_on"]

    def boxes(self) -> list[forms.BoundField]:
        return [self[f"answer_{prompt.pk}"] for prompt in self.asked]

    def typed(self) -> dict[str, str]:
        """What a form that is valid says, without where it was left out."""
        return {name: self.cleaned_data.get(name, "") for name in self.texts_of({}, "")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for prompt in self.asked:
            try:
                tidied({prompt.pk: cleaned.get(f"answer_{prompt.pk}", "")})
            except TooLong as error:
                self.add_error(f"answer_{prompt.pk}", str(error))
        try:
            tidied(self._fitted(cleaned))
        except TooLong as error:
            if not self.errors:
                self.add_error(None, str(error))
        if len(cleaned.get("next_time", "")) > NEXT_TIME_LONGEST:
            self.add_error("next_time", _("Say it in one or two sentences, up to 500 characters."))
        return cleaned

    def save_draft(self) -> None:
        """Save what was typed. Raises Conflict, after it was kept among the entry's versions."""
        chosen: dict[str, Any] = {
            name: self.cleaned_data.get(name)
            for name in ("principle", "phase", "skill", "session", "next_time", "next_time_on")
            if name in self.fields
        }
        try:
            self.reflection.save_draft(
                self._fitted(self.cleaned_data),
                version=self.cleaned_data["version"],
                page=self.cleaned_data["page"],
                about=chosen,
            )
        except Conflict as conflict:
            mine = (conflict.mine, conflict.my_next_time)
            Version.objects.keep_refused(self.reflection, *mine)
            raise
        skill, rating = chosen["skill"], self.cleaned_data.get("rating")
        rated = (skill, rating) if skill and rating else None
        if rated != self.rated:
            self.reflection.rate(rated)

    def refuse_to_keep(self) -> bool:
        """Add what stands against keeping it though it can be saved; whether anything does."""
        return any([self.refuse_a_day_gone(), self.refuse_a_rating_of_nothing()])

    def refuse_a_rating_of_nothing(self) -> bool:
        """Add the error that a rating names no skill; whether there is one."""
        lost = bool(self.cleaned_data.get("rating") and not self.cleaned_data.get("skill"))
        if lost:
            self.add_error("skill", _("Choose the skill that you rated."))
        return lost

    def _fitted(self, cleaned: dict[str, Any]) -> dict[Any, str]:
        """What the boxes say, under the prompts that the entry has now."""
        said = {str(p.pk): cleaned.get(f"answer_{p.pk}", "") for p in self.asked}
        now = [prompt.pk for prompt in prompts_of(self.reflection.prompt_set_id)]
        return {**fitted(said, now)}

    def goes_on_from(self, version: int) -> None:
        """Show the same text again, to be saved over `version`."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data

    def refuse_a_day_gone(self) -> bool:
        """Add the error that a commitment cannot come back in the past; whether there is one."""
        day = self.cleaned_data.get("next_time_on")
        gone = bool(day and self.cleaned_data.get("next_time") and day < timezone.localdate())
        if gone:
            self.add_error("next_time_on", _("Choose today or a day that is still to come."))
        return gone

    def texts_of(self, answers: dict[str, str], next_time: str) -> dict[str, str]:
        """Answers by the names of their boxes: what the page compares when a draft was changed
        somewhere else."""
        answers = fitted(answers, [prompt.pk for prompt in self.asked])
        texts = {f"answer_{prompt.pk}": answers.get(str(prompt.pk), "") for prompt in self.asked}
        return texts | ({"next_time": next_time} if "next_time" in self.fields else {})

    def _standing(self, session: str) -> dict[str, Any]:
        entry = self.reflection
        answers = fitted(entry.answers, [prompt.pk for prompt in self.asked])
        about = entry.prompt_set.skill_id if entry.pk is None else entry.skill_id
        return {
            "version": entry.version,
            "page": uuid.uuid4(),
            "prompts": entry.prompt_set_id,
            "session": entry.session_id or session,
            "principle": entry.principle_id,
            "phase": entry.phase_id,
            "skill": about,
            "rating": self.rated[1] if self.rated else "",
            "next_time_on": entry.next_time_on,
        } | {
            **{f"answer_{p.pk}": answers.get(str(p.pk), "") for p in self.asked},
            "next_time": entry.next_time,
        }


class ResponseForm(Form):
    """An answer in a thread; the author says whose thread, a reader has one only."""

    text = Words(label=_("Your answer"), widget=LongText)
    reader = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError(_("Write your answer first."))
        if len(text) > LONGEST_RESPONSE:
            raise forms.ValidationError(
                _("Shorten your answer: it can be up to %(longest)s characters long."),
                params={"longest": f"{LONGEST_RESPONSE:,}"},
            )
        return text


class QuestionForm(Form):
    """What the author asks their readers; left empty, nothing."""

    text = Words(
        label=_("What would you like to ask them?"),
        help_text=_("Perhaps: what would you have tried? Leave it empty to ask nothing."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, asked: str, data: Any = None) -> None:
        super().__init__(data, initial={"text": asked})

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip()
        if len(text) > LONGEST_QUESTION:
            raise forms.ValidationError(LONG_QUESTION, params={"longest": LONGEST_QUESTION})
        return text

    def replace(self, author: User) -> None:
        """Show the form again with other words where the check found something; saves nothing."""
        data = cast(QueryDict, self.data).copy()
        found = passages_in([self.cleaned_data["text"]], author)
        instead = {passage.key: str(passage.replacement) for passage in found}
        (data["text"],) = reworded([self.cleaned_data["text"]], author, instead)
        self.data = data
