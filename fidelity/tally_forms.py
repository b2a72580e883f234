"""What a tally pad sends: one press of a plain button, or a batch from its script."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fidelity.models import Press, Reading
from fidelity.models.tally import LONGEST
from portal.web.forms import Form

OLDEST = 14 * 24 * 3600  # seconds that a press may have waited on a device
MOST = 5000  # presses in a batch


class PressForm(Form):
    """Without script: a button's item, under the key that its page was given."""

    key = forms.UUIDField()
    item = forms.SlugField(max_length=60)

    def press(self, second: float) -> Press:
        return Press(self.cleaned_data["key"], self.cleaned_data["item"], second=second)


class BatchForm(Form):
    """JSON {presses: [{key, item, ago, second}], undone: [key], clock: {ran, runs} or null}."""

    batch = forms.CharField(
        max_length=1_000_000, error_messages={"required": _("Nothing was sent.")}
    )

    def clean_batch(self) -> tuple[list[Press], list[UUID], Reading | None]:
        try:
            sent = json.loads(self.cleaned_data["batch"])
            presses = [_press(each) for each in sent["presses"]]
            undone = [UUID(key) for key in sent["undone"]]
            clock = _reading(sent["clock"]) if sent["clock"] else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
            raise forms.ValidationError(_("These tallies can't be read.")) from wrong
        if len(presses) + len(undone) > MOST:
            raise forms.ValidationError(_("These are too many tallies at once."))
        return presses, undone, clock


def _reading(sent: Mapping[str, Any]) -> Reading:
    return Reading(_within(sent["ran"], LONGEST), bool(sent["runs"]))


def _press(sent: Mapping[str, Any]) -> Press:
    second = _within(sent["second"], LONGEST)
    return Press(UUID(sent["key"]), str(sent["item"]), _within(sent["ago"], OLDEST), second)


def _within(number: Any, most: float) -> float:
    """A number of seconds, cut to what can be; not-a-number is a ValueError."""
    seconds = float(number)
    if seconds != seconds:
        raise ValueError("not a number")
    return min(max(seconds, 0.0), most)
