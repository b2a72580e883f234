"""What a browser hands over when it is to show notices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.notices.models import PushSubscription
from portal.notices.push_encryption import Recipient
from portal.notices.push_line import LONGEST, NotPublic, checked
from portal.people.models import User
from portal.web.devices import device_name
from portal.web.forms import Form

STRANGE = _("This browser named no service that we could send notices to.")


class PushSubscriptionForm(Form):
    """Filled by the page's script (static/js/push-switch.js)."""

    endpoint = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=100, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            checked(endpoint)
        except NotPublic as error:
            raise forms.ValidationError(STRANGE) from error
        return endpoint

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                Recipient(given["p256dh"], given["auth"])
            except ValueError:
                self.add_error(None, STRANGE)
        return given

    def save(self, person: User, user_agent: str) -> PushSubscription:
        return PushSubscription.keep(person, device=device_name(user_agent), **self.cleaned_data)
