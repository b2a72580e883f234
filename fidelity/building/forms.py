"""The builder's forms. Each takes the draft it changes; what it saves keeps the rules that an
import is held to (`fidelity.building.rules`)."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fidelity.building import rules
from fidelity.building.document import LARGEST
from fidelity.building.parts import next_place, rename, settle
from fidelity.building.ready_made import READY_MADE
from fidelity.building.schema import schema
from fidelity.models import (
    Benchmark,
    Instrument,
    Item,
    Level,
    Measure,
    Scale,
    Section,
    Source,
    Version,
)
from fidelity.models.measure import TREATMENTS
from fidelity.scoring import FORMULAS, Treatment
from fidelity.scoring.formula import FUNCTIONS, LONGEST
from fidelity.widgets import Choice, Radios
from portal.people.models import User
from portal.web.forms import Form, LongText, ModelForm, dress

LINE = schema()["properties"]["name"]["pattern"]
KINDS = [(each.value, capfirst(each.label)) for each in Item.Kind]
FEW_LINES = forms.Textarea(attrs={"rows": 2})
PLAIN = RegexValidator(LINE, _("Take out characters that nobody can see."))


class Line(forms.CharField):
    """One line of words, as the schema has them; a line break in a larger box is a space."""

    default_validators = [PLAIN]

    def to_python(self, value: Any) -> Any:
        return super().to_python(" ".join(value.splitlines()) if value else value)


class InstrumentForm(ModelForm):
    """What it is called, what for, and what a review with it goes by."""

    name = Line(label=_("Name"), max_length=120)
    about = forms.CharField(
        label=_("What it is for"), max_length=2000, required=False, widget=LongText({"rows": 3})
    )
    sources = forms.MultipleChoiceField(
        label=_("What a review with it goes by"),
        choices=[(each.value, capfirst(each.label)) for each in Source],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Or who answers it. Scores of different sources are never joined."),
    )

    class Meta:
        model = Instrument
        fields = ("name", "about", "sources")

    def clean_about(self) -> str:
        return "\n".join(self.cleaned_data["about"].splitlines())


class PartForm(Form):
    """A part of a draft: a new one, or `part`."""

    part: Any

    def __init__(self, *args: Any, version: Version, part: Any = None, **kwargs: Any) -> None:
        self.version, self.part = version, part
        kwargs["initial"] = (self.initial_of(part) if part else {}) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def initial_of(self, part: Any) -> dict[str, Any]:
        return {name: getattr(part, name) for name in self.base_fields if hasattr(part, name)}

    def others(self, model: Any) -> Any:
        """Parts of the kind beside this one."""
        found = model.objects.filter(version=self.version)
        return found.exclude(pk=self.part.pk) if self.part else found

    def refuse_more_than(self, most: int, model: Any) -> None:
        if self.part is None and self.others(model).count() >= most:
            raise forms.ValidationError(
                _("Take something out first: there may be %(most)s of these."),
                params={"most": most},
            )


class SectionForm(PartForm):
    title = Line(label=_("Title of the section"), max_length=120)

    def clean_title(self) -> str:
        self.refuse_more_than(rules.MOST_OTHERS, Section)
        title: str = self.cleaned_data["title"]
        if self.others(Section).filter(title=title).exists():
            raise forms.ValidationError(_("Choose another title: a section has this one already."))
        return title

    def save(self) -> Section:
        section = self.part or Section(
            version=self.version, place=next_place(self.version.sections)
        )
        section.title = self.cleaned_data["title"]
        section.save()
        return section


class ScaleForm(PartForm):
    """A name, and levels in rows of a number and its words; empty rows don't count."""

    name = Line(label=_("Name of the scale"), max_length=80, help_text=_("For example: 0 to 4."))

    def __init__(self, *args: Any, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = list(self.part.levels.all()) if self.part else []
        self.rows = min(max(5, len(levels) + 1, rows), rules.MOST_LEVELS)
        for row in range(self.rows):
            said = _("Enter a whole number from -1000 to 1000.")
            value = forms.IntegerField(
                label=_("Number"),
                required=False,
                min_value=-1000,
                max_value=1000,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), said),
            )
            words = Line(label=_("Its words"), required=False, max_length=120)
            if row < len(levels):
                value.initial, words.initial = levels[row].value, levels[row].label
            self.fields[f"value-{row}"], self.fields[f"label-{row}"] = value, words
            dress(value, f"value-{row}")
            dress(words, f"label-{row}")

    @property
    def levels(self) -> Iterator[tuple[BoundField, BoundField]]:
        """A row each: its number, and its words."""
        for row in range(self.rows):
            yield self[f"value-{row}"], self[f"label-{row}"]

    def clean_name(self) -> str:
        self.refuse_more_than(rules.MOST_OTHERS, Scale)
        name: str = self.cleaned_data["name"]
        if self.others(Scale).filter(name=name).exists():
            raise forms.ValidationError(_("Choose another name: a scale has this one already."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found: dict[int, str] = {}
        for row in range(self.rows):
            value, words = cleaned.get(f"value-{row}"), cleaned.get(f"label-{row}", "")
            if value is None and words and f"value-{row}" not in self.errors:
                self.add_error(f"value-{row}", _("Give these words a number."))
            if value is not None and not words and f"label-{row}" not in self.errors:
                self.add_error(f"label-{row}", _("Say in words what this number means."))
            if value in found:
                self.add_error(
                    f"value-{row}", _("Choose another number: a level has this one already.")
                )
            elif value is not None:
                found[value] = words
        if len(found) < 2 and not self.errors:
            self.add_error("value-0", _("Give the scale two levels or more."))
        cleaned["levels"] = found
        return cleaned

    def save(self) -> Scale:
        scale = self.part or Scale(version=self.version)
        scale.name = self.cleaned_data["name"]
        scale.save()
        scale.levels.all().delete()
        Level.objects.bulk_create(
            Level(scale=scale, value=value, label=label)
            for value, label in self.cleaned_data["levels"].items()
        )
        return scale


class KeyedForm(PartForm):
    """A part with a short name, which is its identity across versions."""

    model: Any
    otherwise: str  # how a short name begins that its words cannot begin

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key in FUNCTIONS:
            raise forms.ValidationError(
                _("Choose another short name: a formula has a function of this name.")
            )
        if key and self.others(self.model).filter(key=key).exists():
            raise forms.ValidationError(
                _("Choose another short name: this version has it already.")
            )
        return key

    def key_for(self, words: str) -> str:
        """The one that was chosen, or kept, or made from the words."""
        if key := self.cleaned_data["key"] or (self.part.key if self.part else ""):
            return str(key)
        taken = set(self.others(self.model).values_list("key", flat=True))
        return rules.short_name(words, taken, self.otherwise)


def key_field(help_text: Any) -> forms.CharField:
    said = _("Write small letters, digits and hyphens, a letter first: family-voice.")
    return forms.CharField(
        label=_("Short name"),
        required=False,
        max_length=60,
        validators=[RegexValidator(rules.KEY, said)],
        help_text=help_text,
    )


class ItemForm(KeyedForm):
    model, otherwise = Item, "item"

    wording = Line(label=_("What is asked or looked at"), max_length=300, widget=FEW_LINES)
    help = Line(label=_("What to look for"), max_length=400, required=False, widget=FEW_LINES)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=KINDS, widget=Radios)
    scale = forms.ChoiceField(
        label=_("On which scale"),
        required=False,
        widget=Choice,
        help_text=_("For an item on a labelled scale."),
    )
    section = forms.ChoiceField(label=_("Section"), required=False, widget=Choice)
    key = key_field(
        _(
            "Made from the words if you leave it empty; formulas call the item by it. While it "
            "stays the same from version to version, the item's trend goes on: keep it where only "
            "words change, and choose another where something else is asked."
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, scale, section = self.fields["kind"], self.fields["scale"], self.fields["section"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(scale, forms.ChoiceField)
        assert isinstance(section, forms.ChoiceField)
        kind.initial = Item.Kind.SCALE
        self.scales = {str(scale.pk): scale for scale in self.version.scales.order_by("pk")}
        self.sections = {str(s.pk): s for s in self.version.sections.order_by("place")}
        ready = [
            (name, _("ready-made: %(name)s") % {"name": words})
            for name, (words, _levels) in READY_MADE.items()
        ]
        own = [(pk, str(scale)) for pk, scale in self.scales.items()]
        scale.choices = [("", _("Choose one")), *own, *ready]
        titles = [(pk, str(section)) for pk, section in self.sections.items()]
        section.choices = [("", _("none")), *titles]

    def initial_of(self, part: Item) -> dict[str, Any]:
        return super().initial_of(part) | {
            "scale": str(part.scale_id or ""),
            "section": str(part.section_id or ""),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.refuse_more_than(rules.MOST_ITEMS, Item)
        on_scale = cleaned.get("kind") == Item.Kind.SCALE
        if on_scale and not cleaned.get("scale") and "scale" not in self.errors:
            self.add_error("scale", _("Choose the scale that it is answered on."))
        return cleaned

    def save(self) -> Item:
        given = self.cleaned_data
        key = self.key_for(given["wording"])
        item = self.part or Item(
            version=self.version, key=key, place=next_place(self.version.items)
        )
        section = self.sections.get(given["section"])
        if self.part and item.section != section:
            item.place = next_place(self.version.items)
        item.section = section
        item.kind = given["kind"]
        item.scale = self._scale(given["scale"]) if item.kind == Item.Kind.SCALE else None
        item.wording, item.help = given["wording"], given["help"]
        item.save()
        if item.key != key:
            rename(item, key)
        settle(self.version)
        return item

    def _scale(self, chosen: str) -> Scale:
        if chosen in self.scales:
            return self.scales[chosen]
        name, levels = READY_MADE[chosen]
        scale, fresh = Scale.objects.get_or_create(version=self.version, name=str(name))
        if fresh:
            Level.objects.bulk_create(
                Level(scale=scale, value=value, label=str(label)) for value, label in levels
            )
        return scale


class MeasureForm(KeyedForm):
    model, otherwise = Measure, "measure"

    name = Line(label=_("Name of the measure"), max_length=120)
    about = Line(label=_("What it says"), max_length=400, required=False, widget=FEW_LINES)
    computed = forms.ChoiceField(
        label=_("How it is computed"),
        widget=Radios,
        choices=[
            ("mean", _("Mean of the items")),
            ("sum", _("Sum of the items")),
            ("percent_of_maximum", _("Percent of the maximum that the items can reach")),
            ("ratio_of_sums", _("Ratio: sum of some items to sum of others, as 2 to 1")),
            ("percent_of_sums", _("Percent: sum of some items among sum of others")),
            ("formula", _("A formula of the items")),
        ],
        initial="mean",
    )
    items = forms.MultipleChoiceField(
        label=_("From which items"), required=False, widget=forms.CheckboxSelectMultiple
    )
    over = forms.MultipleChoiceField(
        label=_("Divided by the sum of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    formula = forms.CharField(
        label=_("The formula"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_(
            "Numbers, items by their short names, + - * / and parentheses, and the functions sum, "
            "mean, min, max and count of several items, with commas between. For a minus, put a "
            "space on each side."
        ),
    )
    unit = forms.ChoiceField(
        label=_("What its numbers are"),
        widget=Choice,
        choices=[
            ("points", _("points, as 3.2")),
            ("percent", _("percent, as 51%")),
            ("ratio", _("a ratio, as 1.4 : 1")),
            ("count", _("a count, as 12")),
        ],
    )
    not_observed = forms.ChoiceField(
        label=_("An item not observed"), choices=TREATMENTS, widget=Choice
    )
    not_applicable = forms.ChoiceField(
        label=_("An item not applicable"), choices=TREATMENTS, widget=Choice
    )
    missing = forms.ChoiceField(
        label=_("An item without an answer"), choices=TREATMENTS, widget=Choice
    )
    key = key_field(
        _("Made from the name if you leave it empty. While it stays the same, the trend goes on.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds: dict[str, str] = {}
        choices = []
        for item in self.version.items.order_by("place"):
            self.kinds[item.key] = item.kind
            if item.kind != Item.Kind.TEXT:
                choices.append((item.key, str(item)))
        for name in ("items", "over"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
        self.fields["not_observed"].initial = Treatment.LEAVE_OUT.value
        self.fields["not_applicable"].initial = Treatment.LEAVE_OUT.value
        self.fields["missing"].initial = Treatment.STOP.value
        self.names = [(key, words) for key, words in choices]

    def initial_of(self, part: Measure) -> dict[str, Any]:
        found = super().initial_of(part) | {"computed": part.formula, "formula": ""}
        return found | part.parameters

    def clean_formula(self) -> str:
        return "\n".join(self.cleaned_data["formula"].splitlines())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.refuse_more_than(rules.MOST_MEASURES, Measure)
        if not self.errors:
            wanted = FORMULAS[cleaned["computed"]].parameters
            lacking = [part for part in wanted if not cleaned[part] and part != "formula"]
            for part in lacking:
                self.add_error(part, _("Choose at least one item."))
            if not lacking:
                self.measure = self._measure({part: cleaned[part] for part in wanted})
                if problem := self.measure.problem_with(self.kinds):
                    self.add_error(wanted[0], problem)
        return cleaned

    def _measure(self, parameters: dict[str, Any]) -> Measure:
        given = self.cleaned_data
        measure = self.part or Measure(
            version=self.version, place=next_place(self.version.measures)
        )
        measure.key = self.key_for(given["name"])
        measure.formula, measure.parameters = given["computed"], parameters
        for name in ("name", "about", "unit", "not_observed", "not_applicable", "missing"):
            setattr(measure, name, given[name])
        return measure

    def save(self) -> Measure:
        self.measure.save()
        return self.measure


class BenchmarkForm(ModelForm):
    """A value to compare with: whose, and of when. It joins a published version too."""

    label = Line(label=_("What it is"), max_length=40, help_text=_("For example: good."))
    source = Line(
        label=_("Where it comes from"), max_length=200, help_text=_("A paper, a manual, a report.")
    )

    class Meta:
        model = Benchmark
        fields = ("label", "value", "source", "dated")
        labels = {"value": _("Value"), "dated": _("Date of the source")}
        widgets = {"dated": forms.DateInput}

    def clean_value(self) -> float:
        value: float = self.cleaned_data["value"]
        if not -1_000_000 <= value <= 1_000_000:
            raise forms.ValidationError(_("Enter a number from -1000000 to 1000000."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        same = self.instance.measure.benchmarks.filter(
            label=cleaned.get("label"), dated=cleaned.get("dated")
        )
        if cleaned.get("dated") and same.exists():
            self.add_error("label", _("This measure has this benchmark already."))
        return cleaned


class CopyForm(Form):
    name = Line(label=_("What you call yours"), max_length=120)


class DocumentForm(Form):
    """A file, and whether it is a new instrument or the next version of one."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("As Trellis exports an instrument (JSON)."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(),
        label=_("What it is"),
        required=False,
        widget=Choice,
        empty_label=_("A new instrument"),
        help_text=_("Or the next version of one that your agency has."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["instrument"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Instrument.objects.built_by(by)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("Choose a smaller file: an instrument has a million characters at most.")
            )
        return file
