"""What admins fill in, and what an invited person does."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.holidays import countries, parts_of
from portal.agencies.models import Agency, Role, Supervision
from portal.people.models import User
from portal.people.zones import ZoneField
from portal.recurrence import place
from portal.web.forms import Form, ModelForm


class PersonChoice(forms.ModelChoiceField):
    """People by name and address: two may share a name."""

    def label_from_instance(self, person: User) -> str:
        return f"{person.name} ({person.email})"


def _holding(agency: Agency, *roles: str) -> Any:
    positions = agency.positions.not_over().filter(role__in=roles) if roles else None
    people = (
        agency.people()
        if positions is None
        else User.objects.filter(pk__in=positions.values("person"))
    )
    return people.order_by("name", "email")


class InvitationForm(Form):
    autocomplete = {"email": "off", "name": "off"}  # somebody else's, not the admin's own

    email = forms.EmailField(label=_("Email address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    supervisor = PersonChoice(
        label=_("Supervisor"),
        queryset=User.objects.none(),
        empty_label=_("Nobody yet"),
        required=False,
        help_text=_("They begin to supervise once the invitation is accepted."),
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.fields["supervisor"].queryset = _holding(agency, Role.SUPERVISOR)  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        here = self.agency.positions.current().filter(
            person__email=data.get("email"), role=data.get("role")
        )
        if here.exists():
            self.add_error("email", _("They work here in this role already."))
        return data


class AcceptanceForm(Form):
    """As few fields as an account needs: the link has proved the address."""

    autocomplete = {"password": "new-password"}

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Choose a password"),
        widget=forms.PasswordInput,
        strip=False,
        help_text=_("At least 10 characters. A few words in a row are good."),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        self.person.name = self.cleaned_data.get("name", "")
        password_validation.validate_password(password, self.person)
        return password


class DayField(forms.DateField):
    """A day that somebody means: beyond these years no clock of another zone has it."""

    def __init__(self, **options: Any) -> None:
        first = MinValueValidator(date(1900, 1, 1), _("Choose a day from 1900 on."))
        last = MaxValueValidator(date(2999, 12, 31), _("Choose a day before the year 3000."))
        super().__init__(validators=[first, last], **options)


class DaysForm(Form):
    """Days on the agency's calendar: the last one is worked too."""

    first_day = DayField(label=_("First day"))
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("For a stand-in. Leave it empty when there is no end in sight."),
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        self.agency = agency
        kwargs["initial"] = {"first_day": agency.day_of(timezone.now())} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        zone = {"zone": place(agency.time_zone)}
        self.fields["first_day"].help_text = _("On the agency's calendar (%(zone)s time).") % zone

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Choose a last day that is not before the first."))
        return data


class PositionForm(DaysForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    field_order = ["role", "first_day", "last_day"]


class ReturnForm(DaysForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    field_order = ["role", "first_day"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["last_day"]


class LastDayForm(Form):
    """When a role ends, or that it has no end."""

    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty when there is no end in sight."),
    )

    def __init__(self, first_day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first_day = first_day

    def clean_last_day(self) -> date | None:
        last: date | None = self.cleaned_data["last_day"]
        if last and last < self.first_day:
            raise ValidationError(_("Choose a last day that is not before the first."))
        return last


class SupervisionForm(Form):
    supervisor = PersonChoice(
        label=_("Who"), queryset=User.objects.none(), empty_label=_("Choose someone")
    )
    kind = forms.ChoiceField(label=_("Does what"), choices=Supervision.Kind.choices)

    def __init__(self, agency: Agency, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _holding(agency, Role.SUPERVISOR, Role.COACH).exclude(pk=person.pk)
        self.fields["supervisor"].queryset = people  # type: ignore[attr-defined]


class DepartureForm(Form):
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Everything ends when this day is over. Leave it empty to end it now."),
    )
    hand_over_to = PersonChoice(
        label=_("Who takes over"),
        queryset=User.objects.none(),
        empty_label=_("Nobody"),
        required=False,
        help_text=_("They get the people supervised, the sessions hosted, and what waits."),
    )

    def __init__(self, agency: Agency, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _holding(agency).exclude(pk=person.pk)
        self.fields["hand_over_to"].queryset = people  # type: ignore[attr-defined]


class RosterForm(Form):
    file = forms.FileField(
        label=_("Roster"),
        allow_empty_file=True,  # reading it says so in our words
        help_text=_("A CSV file in UTF-8, with at most 50,000 rows and 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class PolicyForm(ModelForm):
    """`country`: the one whose regions are offered, when it was chosen and not saved yet."""

    time_zone = ZoneField(
        help_text=_("Its calendar says when a day begins for roles, departures and rosters.")
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        help_text=_("Its public holidays are days off for the sessions of your communities."),
    )
    subdivision = forms.ChoiceField(
        label=_("State or region"),
        required=False,
        help_text=_("Where it keeps holidays of its own."),
    )

    class Meta:
        model = Agency
        fields = [
            "time_zone",
            "country",
            "subdivision",
            "second_factor_required",
            "shows_that_someone_reflects",
        ]

    def __init__(self, *args: Any, country: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if country is None:
            country = self.data.get("country") if self.is_bound else self.instance.country
        else:
            self.initial.update(country=country, subdivision="")
        unsaid = ("", _("Not said"))
        regions = parts_of(str(country or ""))
        self.fields["country"].choices = [unsaid, *countries().items()]  # type: ignore[attr-defined]
        self.fields["subdivision"].choices = [unsaid, *regions.items()]  # type: ignore[attr-defined]
        self.fields["country"].widget.attrs.update(
            {
                "hx-get": "",
                "hx-target": "#id_subdivision_field",
                "hx-select": "#id_subdivision_field",
                "hx-swap": "outerHTML",
            }
        )
