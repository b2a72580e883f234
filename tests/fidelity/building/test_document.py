"""Instruments as documents: out and in again, and what is refused with its place."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from fidelity.building.document import CannotImport, document_of, read, written
from fidelity.building.revisions import from_document, new_version
from fidelity.building.rules import short_name
from fidelity.building.schema import KNOWN, faults_of, schema
from fidelity.models import Instrument, Version
from tests.fidelity import make

ITEM = {"key": "first", "kind": "count", "wording": "First"}
MEAN = {
    "key": "mean",
    "name": "Mean",
    "computed": "mean",
    "items": ["first"],
    "unit": "points",
    "without_a_value": {
        "not_observed": "leave_out",
        "not_applicable": "as_zero",
        "missing": "stop",
    },
}
SMALL = {
    "trellis": "instrument 1",
    "name": "Small",
    "sources": ["records"],
    "items": [ITEM],
    "measures": [MEAN],
}
FORMULA = {key: value for key, value in MEAN.items() if key != "items"} | {"computed": "formula"}
BENCHMARK = {"label": "good", "value": 2.5, "source": "A report", "dated": "2026-02-28"}


def levels(*values):
    return [{"value": value, "label": str(value)} for value in values]


def faults(document):
    with pytest.raises(CannotImport) as refused:
        read(document if isinstance(document, bytes) else json.dumps(document).encode())
    return [(fault.path, fault.words) for fault in refused.value.faults]


@pytest.mark.django_db
def test_every_shipped_version_goes_out_and_comes_in_as_it_was(cast):
    for version in Version.objects.select_related("instrument"):
        document = document_of(version)
        sent = written(document).encode()

        again = from_document(read(sent), by=cast.coach, agency=cast.northside.agency)

        assert written(document_of(again)).encode() == sent
        assert again.state == "draft"


@pytest.mark.django_db
def test_an_agencys_own_with_everything_in_it_comes_in_as_it_was(cast):
    document = json.loads(
        json.dumps(
            {
                "trellis": "instrument 1",
                "name": "Ünser “eigenes”",
                "about": "Zwei\nZeilen",
                "sources": ["family_survey", "records"],
                "scales": [
                    {"name": "b", "levels": levels(-1, 2)},
                    {"name": "a", "levels": levels(0, 1)},
                ],
                "sections": ["Two", "One"],
                "items": [
                    {"key": "z", "kind": "text", "wording": "Z", "help": ""},
                    {"key": "y-1", "section": "Two", "kind": "scale", "scale": "a", "wording": "Y",
                     "help": "look"},
                    {"key": "x", "section": "One", "kind": "percent", "wording": "X", "help": ""},
                    {"key": "w", "section": "One", "kind": "yes_no_na", "wording": "W", "help": ""},
                ],
                "measures": [
                    {"key": "own", "name": "Own", "about": "a", "computed": "formula",
                     "formula": "100 * y-1 /\n(x + w)", "unit": "percent",
                     "without_a_value": MEAN["without_a_value"],
                     "benchmarks": [BENCHMARK, BENCHMARK | {"value": 3, "label": "better"}]},
                    {"key": "ratio", "name": "Ratio", "about": "", "computed": "ratio_of_sums",
                     "items": ["y-1", "x"], "over": ["x", "w"], "unit": "ratio",
                     "without_a_value": MEAN["without_a_value"], "benchmarks": []},
                ],
            }
        )
    )  # fmt: skip

    made = from_document(read(json.dumps(document).encode()), by=cast.coach,
                         agency=cast.northside.agency)  # fmt: skip

    assert document_of(made) == document
    assert document_of(new_version_of(made, cast)) == document


def new_version_of(version, cast):
    version.publish(by=cast.coach)
    return new_version(version.instrument, by=cast.coach)


@pytest.mark.django_db
def test_nothing_of_a_wrong_document_is_stored(as_coach):
    sent = json.dumps(SMALL | {"items": [ITEM | {"kind": "colour"}, ITEM]}).encode()
    file = SimpleUploadedFile("mine.json", sent, content_type="application/json")

    answer = as_coach.post("/fidelity/instruments/import/", {"file": file})

    assert answer.status_code == 422
    assert "items[0].kind: write one of: scale, yes_no_na, count" in answer.content.decode()
    assert not Instrument.objects.exclude(agency=None).exists()


@pytest.mark.django_db
def test_a_file_is_a_new_instrument_or_the_next_version_of_one(as_coach, cast):
    def send(**more):
        file = SimpleUploadedFile("mine.json", json.dumps(SMALL).encode())
        return as_coach.post("/fidelity/instruments/import/", {"file": file, **more})

    send()
    first = Version.objects.get(instrument__name="Small")
    assert send(instrument=first.instrument_id).status_code == 422  # it has a draft
    first.publish(by=cast.coach)
    send(instrument=first.instrument_id)

    second = Version.objects.get(instrument=first.instrument_id, number=2)
    assert document_of(second)["items"] == document_of(first)["items"]
    exported = as_coach.get(f"/fidelity/versions/{first.pk}/document/")
    assert exported.headers["Content-Disposition"] == 'attachment; filename="small-1.json"'
    assert read(exported.content) == document_of(first)


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"name": 3}, "name", "a text here"),
        ({"name": ""}, "name", "write something"),
        ({"name": "x" * 121}, "name", "shorten it to 120"),
        ({"name": " x"}, "name", "spaces at both ends"),
        ({"name": "a\x00b"}, "name", "nobody can see"),
        ({"name": "a\ud800"}, "name", "nobody can see"),
        ({"trellis": "instrument 2"}, "trellis", "write “instrument 1”"),
        ({"sources": []}, "sources", "list 1 here, or more"),
        ({"sources": ["self", "self"]}, "sources", "list “self” once"),
        ({"sources": ["hearsay"]}, "sources[0]", "write one of: observation"),
        ({"colour": "red"}, "colour", "take this out"),
        ({"items": {}}, "items", "a list here"),
        ({"items": [ITEM] * 201}, "items", "at most 200"),
        ({"items": [ITEM, ITEM]}, "items[1].key", "“first” is there already"),
        ({"items": [ITEM | {"key": "Erste"}]}, "items[0].key", "small letters"),
        ({"items": [ITEM | {"key": "sum"}]}, "items[0].key", "a function of this name"),
        (
            {"items": [{"key": "first", "kind": "scale", "wording": "F"}]},
            "items[0].scale",
            "missing",
        ),
        ({"items": [ITEM | {"scale": "b"}]}, "items[0].scale", "take this out"),
        ({"items": [ITEM | {"section": "One"}]}, "items[0].section", "“One” is not there"),
        (
            {"scales": [{"name": "a", "levels": [{"value": 1, "label": "x"}] * 2}]},
            "scales[0].levels[1].value",
            "“1” is there already",
        ),
        (
            {"scales": [{"name": "a", "levels": [{"value": 1.5, "label": "x"}] * 2}]},
            "scales[0].levels[0].value",
            "a whole number",
        ),
        ({"measures": [MEAN | {"items": ["gone"]}]}, "measures[0].items[0]", "“gone”"),
        ({"measures": [MEAN | {"over": ["first"]}]}, "measures[0].over", "not computed with"),
        ({"measures": [FORMULA]}, "measures[0].formula", "missing"),
        (
            {"measures": [FORMULA | {"formula": "first + frist"}]},
            "measures[0].formula",
            "Character 9: no item has the short name “frist”",
        ),
        (
            {"measures": [FORMULA | {"formula": "__import__('os')"}]},
            "measures[0].formula",
            "Character 12: a formula cannot have “'” in it",
        ),
        (
            {"measures": [MEAN | {"computed": "percent_of_maximum"}]},
            "measures[0]",
            "a count has no maximum",
        ),
        (
            {"items": [ITEM | {"kind": "text"}]},
            "measures[0]",
            "a text is no number",
        ),
        (
            {"measures": [MEAN | {"benchmarks": [BENCHMARK | {"dated": "2026-02-30"}]}]},
            "measures[0].benchmarks[0].dated",
            "no such day",
        ),
        (
            {"measures": [MEAN | {"benchmarks": [{"label": "good", "value": 1}]}]},
            "measures[0].benchmarks[0].source",
            "missing",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_path(change, path, said):
    (found,) = [words for where, words in faults(SMALL | change) if where == path][:1]

    assert said in found


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "line 1, character 1: this is not JSON"),
        (b"{,}", "line 1, character 2: this is not JSON"),
        (b'{"name": "\xe9"}', "byte 11 is not UTF-8"),
        (b'{"name": "a", "name": "b"}', "an object has “name” twice"),
        (b'{"name": NaN}', "NaN is no number"),
        (b"[" * 100_000, "not JSON as it is meant here"),
        (b'{"n": ' + b"9" * 5000 + b"}", "not JSON as it is meant here"),
        (b" " * 1_000_001, "choose a smaller file"),
        (b"[]", "write an object here"),
        (b'{"name": 1e999}', "a text here"),
    ],
)
def test_what_is_no_document_at_all_is_said(file, said):
    assert said in str(faults(file))


def test_the_example_in_the_docs_is_read():
    page = (Path(__file__).parents[3] / "docs" / "instrument-files.md").read_text()
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)

    assert read(example.encode())["name"] == "Home visit check"


def test_a_byte_order_mark_does_no_harm():
    assert read(b"\xef\xbb\xbf" + json.dumps(SMALL).encode())["name"] == "Small"


def test_the_published_schema_is_one_and_uses_only_what_is_checked():
    Draft202012Validator.check_schema(schema())

    def rules(rule):
        yield rule
        for word in ("properties", "$defs"):
            for each in rule.get(word, {}).values():
                yield from rules(each)
        for word in ("items", "if", "then"):
            if word in rule:
                yield from rules(rule[word])
        for each in rule.get("allOf", ()):
            yield from rules(each)

    assert {word for rule in rules(schema()) for word in rule} == KNOWN


@pytest.mark.django_db
def test_the_schema_is_served_to_anybody(client):
    answer = client.get("/fidelity/schemas/instrument.json")

    assert answer.headers["Content-Type"] == "application/schema+json"
    assert json.loads(answer.content) == schema()


FULL = SMALL | {
    "about": "",
    "scales": [{"name": "a", "levels": [{"value": 0, "label": "n"}, {"value": 1, "label": "y"}]}],
    "sections": ["One"],
    "items": [ITEM, {"key": "on-it", "kind": "scale", "scale": "a", "wording": "On it"}],
    "measures": [
        MEAN | {"benchmarks": [BENCHMARK]},
        FORMULA | {"formula": "first"},
        MEAN | {"computed": "ratio_of_sums", "over": ["first"]},
    ],
}
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2000, 2000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text("a- \n\x00é"),
    st.sampled_from(["self", "scale", "count", "formula", "ratio_of_sums", "stop", "points", "1"]),
    st.lists(st.sampled_from(["first", "self", "A", 1, True]), max_size=3),
    st.dictionaries(st.sampled_from(["key", "kind", "name"]), st.just("a"), max_size=2),
)


def places(value, path=()):
    """Every place in a document."""
    if isinstance(value, dict | list):
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, name)
            yield from places(each, (*path, name))


@given(st.sampled_from(list(places(FULL))), values, st.booleans())
def test_our_reading_of_the_schema_is_a_foreign_libraries_too(place, value, takes_out):
    document = json.loads(json.dumps(FULL))
    *way, last = place
    holder = document
    for name in way:
        holder = holder[name]
    if takes_out:
        del holder[last]
    else:
        holder[last] = value

    assert (faults_of(document) == []) == Draft202012Validator(schema()).is_valid(document)


@given(st.text(), st.sets(st.sampled_from(["a", "item", "item-2"])))
def test_any_words_have_a_short_name_that_is_free_and_follows_the_schema(words, taken):
    key = short_name(words, taken, "item")

    assert key not in taken
    assert Draft202012Validator(schema()["$defs"]["key"]).is_valid(key)


def test_a_draft_with_a_measure_that_nothing_computes_is_refused_before_it_is_made():
    lacking = {key: value for key, value in MEAN.items() if key != "items"}

    assert faults(SMALL | {"measures": [lacking]}) == [
        ("measures[0].items", "this is missing: add it.")
    ]


def test_what_other_tests_build_by_hand_is_what_an_import_takes(db, cast):
    document = document_of(make.draft_version(cast.northside.agency))

    assert read(written(document).encode()) == document
