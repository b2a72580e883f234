"""A field as Python draws it is the field of templates/django/forms/field.html."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from portal.web.field_group import field_group

NASTY = "<b>\"'&"


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As people know you."))
    note = forms.CharField(required=False, widget=forms.Textarea, label=NASTY)
    agree = forms.BooleanField(help_text="Once a year.")
    quiet = forms.BooleanField(required=False)
    role = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, help_text="One.")
    skills = forms.MultipleChoiceField(
        choices=[("a", NASTY)], widget=forms.CheckboxSelectMultiple, required=False
    )
    day = forms.DateField(required=False, widget=forms.DateInput({"aria-describedby": "else"}))


def squeezed(html: str) -> str:
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", html)


@pytest.mark.parametrize("data", [None, {}, {"name": NASTY, "role": "b", "day": "never"}])
@pytest.mark.parametrize("auto_id", ["id_%s", False])
@pytest.mark.parametrize("name", SampleForm.base_fields)
def test_it_is_what_the_template_says(name, auto_id, data):
    field = SampleForm(data, auto_id=auto_id)[name]
    said = TemplatesSetting().render("django/forms/field.html", {"field": field})

    assert squeezed(field_group(field)) == squeezed(said)
