import re

import pytest
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.forms import Form, LongText


class Meeting(Form):
    title = forms.CharField(label=_("Title"), help_text="A few words.")
    day = forms.DateField(label="Day", required=False)
    starts = forms.TimeField(label="Start", required=False)
    at = forms.DateTimeField(label="Instant", required=False)
    zone = forms.ChoiceField(label="Time zone", choices=[("a", "A"), ("b", "B")])
    reads = forms.ChoiceField(
        label="Who reads it?", choices=[("me", "Only you")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I have read it")
    body = forms.CharField(label="What happened?", widget=LongText, required=False)
    email = forms.EmailField(required=False)


def errors(data):
    return {name: list(words) for name, words in Meeting(data).errors.items()}


def test_what_is_missing_is_said_with_the_labels_own_words():
    assert errors({}) == {
        "title": ["Fill in “Title”."],
        "zone": ["Choose an answer for “Time zone”."],
        "reads": ["Choose an answer for “Who reads it?”."],
        "sure": ["Tick “I have read it” to go on."],
    }


def test_a_field_without_a_label_goes_by_its_name():
    class Short(Form):
        first_word = forms.CharField()

    assert Short({}).errors["first_word"] == ["Fill in “First word”."]


def test_an_answer_that_is_not_listed():
    data = {"title": "x", "zone": "z", "reads": "me", "sure": "on"}
    assert errors(data) == {"zone": ["Choose one of the answers listed for “Time zone”."]}


def test_words_that_a_form_gives_itself_are_kept():
    class Own(Form):
        title = forms.CharField(error_messages={"required": "Give it a name."})

    assert Own({}).errors["title"] == ["Give it a name."]


def test_two_forms_do_not_share_their_dress():
    """Fields are copied a form; a change to one must not reach the class."""
    Meeting({})
    assert Meeting.base_fields["title"].error_messages["required"] == "This field is required."


@pytest.mark.parametrize(
    ("field", "type_", "value"),
    [
        ("day", "date", "2026-11-23"),
        ("starts", "time", "09:05"),
        ("at", "datetime-local", "2026-11-23T09:05"),
    ],
)
def test_browsers_show_their_own_picker_and_understand_the_value(field, type_, value):
    html = str(Meeting(initial={field: value})[field])
    assert f'type="{type_}"' in html and f'value="{value}"' in html
    bound = Meeting({field: value})
    bound.is_valid()
    assert field not in bound.errors


def test_a_browser_may_fill_in_what_it_knows():
    assert 'autocomplete="email"' in str(Meeting()["email"])


def test_the_browser_does_not_speak_before_the_server():
    assert "required" not in str(Meeting()["title"])


def test_a_field_ties_label_hint_and_error_to_its_box():
    html = Meeting({}).as_div()
    box = re.search(r'<input type="text" name="title"[^>]*>', html).group()
    described = re.search(r'aria-describedby="([^"]+)"', box).group(1).split()

    assert 'aria-invalid="true"' in box
    assert [f'id="{each}"' in html for each in described] == [True, True]
    assert '<label class="field__label" for="id_title">Title</label>' in html


def test_only_what_may_stay_empty_is_marked():
    html = Meeting().as_div()
    assert html.count("(optional)") == 5


def test_choices_are_a_group_with_a_name():
    html = Meeting().as_div()
    assert '<legend class="field__label">Who reads it?</legend>' in html


def test_the_summary_leads_to_each_field():
    html = Meeting({}).as_div()
    summary = html[html.index("error-summary") : html.index("</ul>")]

    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_title", "id_zone", "id_reads_field", "id_sure"]
    assert [f'id="{target}"' in html for target in targets] == [True] * 4
    assert "autofocus" in summary


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in Meeting().as_div()


def test_what_was_typed_is_shown_again():
    html = Meeting({"title": "Affirm <b>", "body": "A long day."}).as_div()
    assert 'value="Affirm &lt;b&gt;"' in html
    assert "A long day.</textarea>" in html
