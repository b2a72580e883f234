"""The form of a note on charts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fidelity.models import Annotation
from fidelity.widgets import Choice
from portal.web.forms import ModelForm


class AnnotationForm(ModelForm):
    class Meta:
        model = Annotation
        fields = ("kind", "on", "words")
        labels = {"kind": _("What happened"), "on": _("When"), "words": _("In a few words")}
        help_texts = {"words": _("Everybody who reads the agency's charts reads this.")}
        widgets = {"kind": Choice, "on": forms.DateInput}
