"""What a page on which a review is answered says of itself, and what it is told in return."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fidelity.forms import AnswersForm
from fidelity.models import Page, Review
from portal.web.forms import Form


class PageForm(Form):
    """The hidden fields beside the answers, as <autosave-form> fills them in."""

    version = forms.IntegerField(min_value=0, required=False)
    page = forms.UUIDField(required=False)
    at = forms.IntegerField(min_value=0, max_value=2**53, required=False)

    def read(self) -> Page:
        """What is left out or strange claims to know of nothing that was saved."""
        self.full_clean()
        said = self.cleaned_data
        return Page(said.get("version") or 0, said.get("page"), said.get("at") or 0)


@dataclass(frozen=True)
class Difference:
    """One field that stands otherwise on our server than on a page."""

    label: str
    there: str
    here: str


def stands(form: AnswersForm, review: Review) -> dict[str, str]:
    """What the form's fields would hold of the draft as it is, by their names on the page."""
    initial = form.initial_from(review)
    return {
        form.add_prefix(name): str(initial.get(name) or "")
        for name, field in form.fields.items()
        if not field.disabled  # what the tally pad counts is no answer of this page
    }


def differences(form: AnswersForm, review: Review) -> list[Difference]:
    """What was sent otherwise than it stands, in the form's order and in words."""
    return list(_differences(form, stands(form, review)))


def _differences(form: AnswersForm, there: dict[str, str]) -> Iterator[Difference]:
    for item in form.items:
        for name, label in (
            (item.key, str(item)),
            (f"{item.key}-unseen", str(item)),
            (f"{item.key}-note", _("Evidence: %(item)s") % {"item": item}),
        ):
            if form.add_prefix(name) not in there:
                continue
            theirs, ours = there[form.add_prefix(name)], str(form[name].value() or "").strip()
            if theirs != ours:
                yield Difference(label, _words(form, name, theirs), _words(form, name, ours))


def _words(form: AnswersForm, name: str, value: str) -> str:
    field = form.fields[name]
    if not value:
        return _("nothing")
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else []
    return str(dict(choices).get(value, value))
