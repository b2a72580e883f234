"""Forms of sampling plans and of what is assigned from them."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.forms import not_in_the_future, offer_for_others, words_of
from fidelity.models import SamplingPlan, Source
from fidelity.models.sampling_plan import REVIEWERS
from fidelity.models.supervised import team_of
from fidelity.widgets import Choice
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency, Position, Role
from portal.people.models import User
from portal.web.forms import Form, ModelForm


class PlanForm(ModelForm):
    """How many, of whom, by when, by whom, and who is kept out."""

    class Meta:
        model = SamplingPlan
        fields = (
            "version",
            "source",
            "each",
            "people",
            "begins_on",
            "ends_on",
            "reviewers",
            "bars_supervisor",
            "bars_coach",
        )
        labels = {
            "version": _("Instrument"),
            "source": _("What reviewers go by"),
            "each": _("Reviews of each person"),
            "people": _("Of whom"),
            "begins_on": _("From"),
            "ends_on": _("Until"),
            "reviewers": _("By whom"),
        }
        help_texts = {
            "source": _("A recording is scored only with the person's consent on record."),
            "bars_coach": _(
                "Nobody reviews themselves. Anyone involved in another way, with the "
                "person or the case, gives the assignment back, and the next in line "
                "gets it."
            ),
        }
        widgets = {
            "version": Choice,
            "source": Choice,
            "people": forms.CheckboxSelectMultiple,
            "reviewers": forms.CheckboxSelectMultiple,
            "begins_on": forms.DateInput,
            "ends_on": forms.DateInput,
        }

    def __init__(self, *args: Any, by: User, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version, people = self.fields["version"], self.fields["people"]
        reviewers = self.fields["reviewers"]
        assert isinstance(version, forms.ModelChoiceField)
        assert isinstance(people, forms.ModelChoiceField)
        assert isinstance(reviewers, forms.ModelChoiceField)
        offer_for_others(version, by)
        people.queryset = agency.people().order_by("name", "pk")
        if agency.pk not in agencies_of(by, Role.ADMIN):
            people.queryset = people.queryset.filter(pk__in=team_of(by))
        held = Position.objects.current().filter(agency=agency, role__in=REVIEWERS)
        leads = User.objects.filter(pk__in=held.values("person"))
        reviewers.queryset = leads.order_by("name", "pk")
        if self.instance.pk is None:
            today = timezone.localdate()
            self.initial.update(begins_on=today, ends_on=today + timedelta(days=182))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        version, source = cleaned.get("version"), cleaned.get("source")
        if version and source and source not in version.instrument.sources:
            fitting = [s for s in version.instrument.sources if s != Source.SELF]
            self.add_error("source", _("For this, choose: %s.") % words_of(fitting))
        return cleaned


class BeginForm(Form):
    practised_on = forms.DateField(
        label=_("Day of the practice"), help_text=_("When the visit, meeting or call took place.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practised_on"].initial = timezone.localdate()

    def clean_practised_on(self) -> Any:
        return not_in_the_future(self.cleaned_data["practised_on"])
