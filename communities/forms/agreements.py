"""Writing the next version of an agreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Agreement
from communities.models.agreement import MEANWHILE
from portal.web.forms import LongText, ModelForm


class AgreementForm(ModelForm):
    """`after` is the version that the writer had before them: nobody writes over another's."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Agreement
        fields = ["text", "what_changed"]
        widgets = {"text": LongText({"rows": 12})}
        error_messages = {"text": {"required": _("Write what you promise each other.")}}

    def __init__(self, *args: Any, last: Agreement | None, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "text": last.text if last else "",
            "after": last.number if last else 0,
        }
        super().__init__(*args, **kwargs)
        self.last = last
        if last:
            self.fields["what_changed"].required = True
            missing = _("Say in one sentence what changed.")
            self.fields["what_changed"].error_messages["required"] = missing
        else:
            del self.fields["what_changed"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("after", 0) != (self.last.number if self.last else 0):
            raise forms.ValidationError(MEANWHILE, code="written_meanwhile")
        return given
