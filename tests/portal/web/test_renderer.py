"""Our form controls are Django's, letter by letter but for white space."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from portal.web.renderer import Renderer

NASTY = "\"><script>alert('&')</script>"
CHOICES = [("", _("None")), (NASTY, NASTY), (3, 3), (_("More"), [("b", "B"), ("c", _("Close"))])]
ATTRS = {"id": "x", "class": "longform", "required": True, "disabled": False, "data-a": NASTY}


class OwnOption(forms.Select):
    option_template_name = "django/forms/widgets/input_option.html"


def squeezed(html: str) -> str:
    return re.sub(r"(?<=>)\s+|\s*\n\s*", "", html)


@pytest.mark.parametrize("attrs", [None, ATTRS])
@pytest.mark.parametrize("value", [None, "", "b", NASTY, 3, 0, True, [NASTY, "c"]])
@pytest.mark.parametrize(
    "widget",
    [
        forms.CheckboxInput(),
        forms.DateInput(),
        forms.EmailInput(),
        forms.HiddenInput(),
        forms.NumberInput(),
        forms.PasswordInput(render_value=True),
        forms.TextInput(),
        forms.TimeInput(),
        forms.URLInput(),
        forms.Textarea({"rows": 2}),
        forms.Select(choices=CHOICES),
        forms.SelectMultiple(choices=CHOICES),
        forms.RadioSelect(choices=CHOICES),
        forms.CheckboxSelectMultiple(choices=CHOICES),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_a_control_is_drawn_as_djangos_template_draws_it(widget, value, attrs):
    ours, theirs = (
        widget.render("field", value, attrs, renderer=renderer)
        for renderer in (Renderer(), TemplatesSetting())
    )

    assert squeezed(ours) == squeezed(theirs)


def test_options_with_a_template_of_their_own_keep_it():
    drawn = OwnOption(choices=[("a", "A")])

    assert drawn.render("field", "a", renderer=Renderer()) == drawn.render(
        "field", "a", renderer=TemplatesSetting()
    )
