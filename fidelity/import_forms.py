"""Handing in a file of scores, and saying what its columns are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.imports.columns import format_of, guessed
from fidelity.imports.percent_store import slug_of
from fidelity.imports.percents import FORMATS, Columns
from fidelity.models import Instrument, Item, Source, Upload, Version
from portal.agencies.models import Agency
from portal.web.forms import Form

NEW = "new"  # a column that becomes a score of the instrument that is made


class UploadForm(Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is in it?"),
        choices=Upload.Kind.choices,
        widget=forms.RadioSelect,
        initial=Upload.Kind.PERCENTS,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # reading it says so in our words
        help_text=gettext_lazy("A CSV file in UTF-8, 20 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.LARGEST_FILE:
            words = _("The file is %(size)d MB, and 20 is the most. Split it, by year for example.")
            raise forms.ValidationError(words % {"size": (file.size or 0) // 1024**2})
        if not file.size:
            raise forms.ValidationError(
                _("The file is empty. Choose one that has a header and a row for each score.")
            )
        return file


class ColumnsForm(Form):
    """A question a column, guessed from its name and its first values."""

    source = forms.ChoiceField(
        label=gettext_lazy("Where the scores come from"),
        choices=[choice for choice in Source.choices if choice[0] != Source.SELF],
        initial=Source.FAMILY_SURVEY,
        help_text=gettext_lazy("Scores of different sources are never joined."),
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Who a row is about"),
        help_text=gettext_lazy("The column with the facilitator’s work email."),
    )
    day = forms.ChoiceField(label=gettext_lazy("Day of the practice"))
    day_format = forms.ChoiceField(
        label=gettext_lazy("How days are written"), choices=list(FORMATS.items())
    )
    key = forms.ChoiceField(
        label=gettext_lazy("What names a row"),
        required=False,
        help_text=gettext_lazy(
            "A record’s number. With it a row that was changed in the tool is known again; without "
            "it a row is known by its person and day."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of a new instrument"),
        required=False,
        max_length=120,
        help_text=gettext_lazy(
            "Where columns become new scores. No text of a licensed tool is taken over: the "
            "columns’ names are all that is shown."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        agency: Agency,
        names: Sequence[str],
        sample: Sequence[Sequence[str]],
    ) -> None:
        super().__init__(data)
        self.agency, self.names = agency, [name for name in names if name]
        self.versions = list(
            Version.objects.in_use()
            .filter(instrument__agency=agency, items__kind=Item.Kind.PERCENT)
            .distinct()
            .select_related("instrument")
            .order_by("instrument__name", "-number")
        )
        self.items = {
            str(item.pk): item
            for item in Item.objects.filter(
                version__in=self.versions, kind=Item.Kind.PERCENT
            ).order_by("place")
        }
        guess = guessed(names, sample)
        columns = [(name, name) for name in self.names]
        for field in ("person", "day", "key"):
            self.fields[field].choices = [("", _("Choose")), *columns]  # type: ignore[attr-defined]
            self.fields[field].initial = next((n for n in names if guess[n] == field), "")
        day = self.fields["day"].initial
        days = [row[names.index(day)] for row in sample if day and len(row) == len(names)]
        self.fields["day_format"].initial = format_of(days, FORMATS)
        for place, name in enumerate(self.names):
            self.fields[f"column-{place}"] = self._score_field(name, guess[name] == "score")

    def _score_field(self, name: str, is_score: bool) -> forms.ChoiceField:
        choices: list[Any] = [("", _("leave it out")), (NEW, _("a score of a new instrument"))]
        by_wording = {item.wording.casefold(): pk for pk, item in self.items.items()}
        for version in self.versions:
            theirs = [
                (pk, str(item)) for pk, item in self.items.items() if item.version_id == version.pk
            ]
            choices.append((str(version), theirs))
        field = forms.ChoiceField(
            label=_("Column “%(name)s”") % {"name": name}, choices=choices, required=False
        )
        if is_score:
            field.initial = by_wording.get(name.casefold(), NEW)
        return field

    @property
    def scores(self) -> list[forms.BoundField]:
        return [self[f"column-{place}"] for place in range(len(self.names))]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("source", "person", "day", "day_format", "key")]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = {name: told.get(f"column-{place}", "") for place, name in enumerate(self.names)}
        chosen = {name: value for name, value in chosen.items() if value}
        parts = [told.get(field) for field in ("person", "day", "key") if told.get(field)]
        if len(set(parts)) < len(parts):
            self.add_error(None, _("Choose another column for each: one says one thing."))
        if not chosen:
            self.add_error(None, _("Choose at least one column that is a score."))
            return told
        versions = {self.items[v].version_id for v in chosen.values() if v != NEW}
        if NEW in chosen.values() and versions:
            self.add_error(None, _("Choose scores of one instrument: a new one, or one here."))
        elif len(versions) > 1:
            self.add_error(None, _("Choose scores of one instrument."))
        elif len({v for v in chosen.values() if v != NEW}) < len(chosen) and versions:
            self.add_error(None, _("Choose another score for each column."))
        elif not versions:
            self._clean_name(told.get("name", ""))
        told["scores"] = {
            name: f"{slug_of(name)[:50]}-{place}" if value == NEW else self.items[value].key
            for place, (name, value) in enumerate(chosen.items(), start=1)
        }
        told["version"] = next(iter(versions), None)
        return told

    def _clean_name(self, name: str) -> None:
        if not name:
            self.add_error("name", _("Give the new instrument a name."))
        elif Instrument.objects.filter(agency=self.agency, slug=slug_of(name)).exists():
            self.add_error(
                "name",
                _("An instrument has this name. Choose its scores, or another name."),
            )

    def columns(self) -> Columns:
        told = self.cleaned_data
        fields = ("source", "person", "day", "day_format", "key", "name", "scores", "version")
        return Columns(**{field: told[field] for field in fields})
