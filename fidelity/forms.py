"""Forms of reviews and feedback."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models import Entry, Item, Review, Source, Version
from fidelity.models.supervised import team_of
from fidelity.scoring import State
from fidelity.shipped import spoken
from fidelity.widgets import Choice, Radios, Words
from portal.people.models import User
from portal.web.forms import Form, LongText, dress

UNSEEN = [
    (State.NOT_OBSERVED.value, _("Not observed")),
    (State.NOT_APPLICABLE.value, _("Not applicable")),
]


class ReviewForm(Form):
    """Whom, with what, from what source, on which day."""

    subject = forms.ModelChoiceField(
        User.objects.none(), label=_("About whom"), empty_label=None, widget=Choice
    )
    version = forms.ModelChoiceField(
        Version.objects.none(), label=_("Instrument"), empty_label=None, widget=Choice
    )
    source = forms.ChoiceField(
        label=_("What you go by"),
        choices=[("", _("What the instrument is for")), *Source.choices],
        widget=Choice,
        required=False,
    )
    practised_on = forms.DateField(
        label=_("Day of the practice"), help_text=_("When the visit, meeting or call took place.")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        subject, version = self.fields["subject"], self.fields["version"]
        assert isinstance(subject, forms.ModelChoiceField)
        assert isinstance(version, forms.ModelChoiceField)
        subject.queryset = User.objects.filter(pk__in=[by.pk, *team_of(by)])
        version.queryset = Version.objects.usable_by(by).select_related("instrument")
        # Read once, as what is shown of them: a field would read its queryset again and again.
        people = subject.queryset.order_by("name", "pk").values_list("pk", "name", "email")
        subject.choices = [
            (pk, _("Myself") if pk == by.pk else name or email) for pk, name, email in people
        ]
        versions = version.queryset.order_by("instrument__name").values_list(
            "pk", "instrument__name", "instrument__sources"
        )
        usable = list(versions)
        version.choices = [(pk, spoken(name)) for pk, name, _sources in usable]
        first = self.initial.get("subject") or subject.choices[0][0]
        version.initial = _fitting(usable, about_me=str(first) == str(by.pk))
        self.fields["practised_on"].initial = timezone.localdate()

    def clean_practised_on(self) -> Any:
        return not_in_the_future(self.cleaned_data["practised_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        subject, version = cleaned.get("subject"), cleaned.get("version")
        if subject and version:
            about_me = subject == self.by
            fitting = [s for s in version.instrument.sources if (s == Source.SELF) == about_me]
            chosen = cleaned.get("source") or (fitting[0] if fitting else "")
            if not fitting:
                self.add_error(
                    "version",
                    _("Choose an instrument for a self-check, or another person.")
                    if about_me
                    else _("Choose another instrument: this one is for checking oneself."),
                )
            elif chosen not in fitting:
                self.add_error("source", _("For this, choose: %s.") % words_of(fitting))
            cleaned["source"] = chosen
        return cleaned


def offer_for_others(field: forms.ModelChoiceField, by: User) -> None:
    """The instruments that `by` may use, except those that are for checking oneself alone."""
    usable = Version.objects.usable_by(by).exclude(instrument__sources=[Source.SELF])
    field.queryset = usable.select_related("instrument").order_by("instrument__name")
    field.empty_label = None
    field.choices = [(each.pk, str(each.instrument)) for each in field.queryset]


def words_of(sources: Iterable[str]) -> str:
    labels = dict(Source.choices)
    return ", ".join(str(labels[source]) for source in sources)


def not_in_the_future(day: date) -> date:
    if day > timezone.localdate():
        raise forms.ValidationError(_("Enter a day that is not in the future."))
    return day


def not_in_the_past(day: date) -> date:
    if day < timezone.localdate():
        raise forms.ValidationError(_("Enter a day that is not in the past."))
    return day


def _fitting(versions: Iterable[tuple[int, str, list[str]]], *, about_me: bool) -> int | None:
    """The first (id, name, sources) that can be about oneself, or about another: its id."""
    return next(
        (pk for pk, _name, its in versions if any((s == Source.SELF) == about_me for s in its)),
        None,
    )


@dataclass(frozen=True)
class Question:
    """One item as the page shows it."""

    item: Item
    value: BoundField
    unseen: BoundField | None
    note: BoundField


class AnswersForm(Form):
    """An instrument's items; everything may be left open until the review is submitted.

    Its fields have a prefix: an item may be called "submit", or "page".
    """

    prefix = "item"

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        self.items = list(version.items.all())
        super().__init__(*args, **kwargs)
        for item in self.items:
            self.fields[item.key] = _field_for(item)
            if not _chooses(item):
                self.fields[f"{item.key}-unseen"] = forms.ChoiceField(
                    label=_("If there is none"),
                    choices=[("", _("There is one")), *UNSEEN],
                    widget=Choice,
                    required=False,
                )
            self.fields[f"{item.key}-note"] = forms.CharField(
                label=_("Evidence: what you saw or heard, without names"),
                widget=Words({"rows": 2}),
                required=False,
            )
        for name, field in self.fields.items():
            dress(field, name)

    def show_tallied(self, counts: Mapping[int, int]) -> None:
        """What the tally pad counted, by the items' ids, is shown and can't be answered here.
        Before a page shows the form: what a page sends of it is not taken anyway."""
        for item in self.items:
            if item.pk in counts:
                field = self.fields[item.key]
                field.disabled, field.initial = True, counts[item.pk]
                field.help_text = _("Counted on the tally pad.")
                self.initial.pop(item.key, None)
                self.fields.pop(f"{item.key}-unseen")

    @staticmethod
    def initial_from(review: Review) -> dict[str, Any]:
        """What the fields begin with: the draft as it was left."""
        initial: dict[str, Any] = {}
        for answer in review.answers.select_related("item"):
            key = answer.item.key
            initial[f"{key}-note"] = answer.note
            unseen = "" if answer.state in (State.OBSERVED, State.MISSING) else answer.state
            if _chooses(answer.item):
                initial[key] = unseen or (f"{answer.value:g}" if answer.value is not None else "")
            else:
                number = None if answer.value is None else f"{answer.value:g}"
                initial[key] = answer.text or number
                initial[f"{key}-unseen"] = unseen
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for item in self.items:
            given = cleaned.get(item.key) not in (None, "")
            if not _chooses(item) and given and cleaned.get(f"{item.key}-unseen"):
                self.add_error(
                    item.key, _("Enter an answer, or choose why there is none; not both.")
                )
        return cleaned

    def entries(self) -> dict[str, Entry]:
        """The answers by the items' keys; what was left open is missing."""
        return {item.key: self._entry(item) for item in self.items}

    @property
    def answered(self) -> int:
        return sum(entry.state != State.MISSING for entry in self.entries().values())

    @property
    def sections(self) -> list[tuple[str, list[Question]]]:
        """Questions by section, in their order."""
        sections: list[tuple[str, list[Question]]] = []
        for question in self._questions():
            title = str(question.item.section or "")
            if not sections or sections[-1][0] != title:
                sections.append((title, []))
            sections[-1][1].append(question)
        return sections

    def _questions(self) -> Iterator[Question]:
        for item in self.items:
            unseen = self[f"{item.key}-unseen"] if f"{item.key}-unseen" in self.fields else None
            yield Question(item, self[item.key], unseen, self[f"{item.key}-note"])

    def _entry(self, item: Item) -> Entry:
        answer = self.cleaned_data.get(item.key)
        note = self.cleaned_data.get(f"{item.key}-note", "")
        unseen = self.cleaned_data.get(f"{item.key}-unseen", "")
        if _chooses(item) and answer in (State.NOT_OBSERVED, State.NOT_APPLICABLE):
            answer, unseen = None, answer
        if unseen:
            return Entry(State(unseen), note=note)
        if answer in (None, ""):
            return Entry.missing(note)
        if item.kind == Item.Kind.TEXT:
            return Entry(text=str(answer), note=note)
        return Entry(value=float(answer), note=note)


class AmendmentForm(Form):
    """Why a submitted review is amended, and on which day the practice was."""

    reason = forms.CharField(
        label=_("Why you amend it"),
        help_text=_("Whoever reads the review reads this. Leave out what tells who a family is."),
        max_length=500,
        widget=LongText({"rows": 3}),
        error_messages={"required": _("Write why you amend it.")},
    )
    practised_on = forms.DateField(label=_("Day of the practice"))

    def clean_practised_on(self) -> Any:
        return not_in_the_future(self.cleaned_data["practised_on"])


class FeedbackForm(Form):
    text = forms.CharField(
        label=_("What you want to tell them"),
        help_text=_(
            "One or two things that helped, and one to try next. Leave out what tells who a "
            "family is."
        ),
        widget=LongText({"rows": 7}),
        error_messages={"required": _("Write what you saw and what could come next.")},
    )


class ReplyForm(Form):
    text = forms.CharField(
        label=_("Your reply"),
        widget=LongText({"rows": 4}),
        error_messages={"required": _("Write your reply.")},
    )


def _chooses(item: Item) -> bool:
    """Whether the item is answered by choosing; "not observed" then stands among the choices."""
    return item.kind in (Item.Kind.SCALE, Item.Kind.YES_NO)


def _field_for(item: Item) -> forms.Field:
    words: dict[str, Any] = {"label": str(item), "help_text": item.spoken_help, "required": False}
    match item.kind:
        case Item.Kind.SCALE if item.scale:
            levels = [
                (f"{level.value}", f"{level.value}  {level.spoken_label}")
                for level in item.scale.levels.all()
            ]
            return forms.ChoiceField(widget=Radios, choices=[*levels, *UNSEEN], **words)
        case Item.Kind.YES_NO:
            choices = [("1", _("Yes")), ("0", _("No")), *reversed(UNSEEN)]
            return forms.ChoiceField(widget=Radios, choices=choices, **words)
        case Item.Kind.COUNT:
            between = _("Enter a whole number from 0 to 9999.")
            said = dict.fromkeys(("min_value", "max_value", "invalid"), between)
            return forms.IntegerField(min_value=0, max_value=9999, error_messages=said, **words)
        case Item.Kind.PERCENT:
            between = _("Enter a percentage from 0 to 100.")
            said = dict.fromkeys(("min_value", "max_value", "invalid"), between)
            return forms.FloatField(min_value=0, max_value=100, error_messages=said, **words)
    return forms.CharField(widget=Words({"rows": 3}), **words)
