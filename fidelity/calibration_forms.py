"""Forms of calibration rounds."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fidelity.forms import not_in_the_past, offer_for_others
from fidelity.models import CalibrationRound, Consent, ConsentMissing, Recording
from fidelity.models.recording import HERE, READERS
from fidelity.widgets import Choice
from portal.agencies.models import Agency, Position
from portal.people.models import User
from portal.web.forms import ModelForm


class RoundForm(ModelForm):
    """What is scored, with what, by whom, beside whose scores."""

    recordings = forms.ModelMultipleChoiceField(
        Recording.objects.none(),
        label=_("Recordings"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Several if you can: agreement on one says little."),
    )
    unlisted = forms.CharField(
        label=_("Or a recording that is not listed"),
        max_length=120,
        required=False,
        help_text=_("A name that the raters know it by, without any family's name."),
    )
    practitioner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Whose practice is heard in that one"),
        required=False,
        empty_label=_("Nobody’s at the agency: it is published or acted"),
        widget=Choice,
        help_text=_("Scoring it takes their consent on record."),
    )
    raters = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who scores"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each scores alone: nobody reads another's before all are in."),
    )

    class Meta:
        model = CalibrationRound
        fields = ("version", "master", "pass_mark", "valid_months", "due_on")
        labels = {
            "version": _("Instrument"),
            "master": _("Whose scores are the master"),
            "pass_mark": _("Pass mark, percent"),
            "valid_months": _("Months a calibration is good for"),
            "due_on": _("Score by"),
        }
        help_texts = {
            "master": _("They score too. Without one nobody is calibrated by this."),
            "pass_mark": _(
                "Of items within one point of the master, on three recordings in a row."
            ),
        }
        widgets = {"version": Choice, "master": Choice}

    field_order = (
        "version",
        "recordings",
        "unlisted",
        "practitioner",
        "raters",
        "master",
        "pass_mark",
        "valid_months",
        "due_on",
    )

    def __init__(self, *args: Any, by: User, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        version, recordings = self.fields["version"], self.fields["recordings"]
        raters, master = self.fields["raters"], self.fields["master"]
        assert isinstance(version, forms.ModelChoiceField)
        assert isinstance(recordings, forms.ModelChoiceField)
        assert isinstance(raters, forms.ModelChoiceField)
        assert isinstance(master, forms.ModelChoiceField)
        offer_for_others(version, by)
        recordings.queryset = Recording.objects.filter(agency=agency)
        held = Position.objects.current().filter(agency=agency, role__in=READERS)
        people = User.objects.filter(pk__in=held.values("person")).order_by("name", "pk")
        raters.queryset = master.queryset = people
        practitioner = self.fields["practitioner"]
        assert isinstance(practitioner, forms.ModelChoiceField)
        practitioner.queryset = agency.people().order_by("name", "pk")
        master.empty_label = _("Nobody's")

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        return not_in_the_past(day) if day else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unlisted = cleaned.get("unlisted")
        if not cleaned.get("recordings") and not unlisted and "recordings" not in self.errors:
            self.add_error("recordings", _("Choose a recording, or name one below."))
        if unlisted and Recording.objects.filter(
            agency=self.agency, origin=HERE, key=unlisted[:60]
        ):
            self.add_error("unlisted", _("Choose this one from the list: it is there already."))
        self._ask_consent("practitioner", [cleaned.get("practitioner")] if unlisted else [])
        listed = cleaned.get("recordings") or Recording.objects.none()
        heard = [each.practitioner for each in listed.select_related("practitioner")]
        self._ask_consent("recordings", heard)
        raters = cleaned.get("raters")
        if raters is not None:
            people = {person.pk for person in raters}
            if cleaned.get("master"):
                people.add(cleaned["master"].pk)
            if len(people) < 2:
                self.add_error("raters", _("Choose two people or more: agreement takes two."))
        return cleaned

    def _ask_consent(self, field: str, heard: Iterable[User | None]) -> None:
        try:
            for person in filter(None, heard):
                Consent.objects.require(person, agency=self.agency.pk)
        except ConsentMissing as missing:
            self.add_error(field, missing.words)

    def open(self, by: User) -> CalibrationRound:
        """The round that a valid form describes."""
        given = dict(self.cleaned_data)
        recordings = list(given.pop("recordings"))
        practitioner = given.pop("practitioner")
        if unlisted := given.pop("unlisted"):
            recordings.append(
                Recording.objects.create(
                    agency=self.agency,
                    origin=HERE,
                    key=unlisted[:60],
                    label=unlisted,
                    practitioner=practitioner,
                )
            )
        return CalibrationRound.objects.open(
            by=by, agency=self.agency, recordings=recordings, **given
        )
