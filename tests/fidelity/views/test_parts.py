"""The builder: what people who don't program do to a draft, as they do it."""

import pytest

from fidelity.models import Entry, Item, Level, Measure, Scale, Section, Version
from tests.fidelity import make

pytestmark = pytest.mark.django_db
ITEM = {"wording": "The family chose the place", "kind": "yes_no_na"}
MEASURE = {
    "name": "Total",
    "computed": "sum",
    "items": ["first"],
    "unit": "points",
    "not_observed": "leave_out",
    "not_applicable": "as_zero",
    "missing": "stop",
}


@pytest.fixture
def draft(cast):
    return make.draft_version(cast.northside.agency)


def url(draft, kind, part=None, verb=""):
    return f"/fidelity/versions/{draft.pk}/{kind}/{part.pk if part else 'new'}/{verb}"


def said(answer):
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def keys(draft):
    return list(draft.items.order_by("place").values_list("key", flat=True))


def test_an_instrument_is_made_published_reviewed_and_scored(as_coach, cast):
    as_coach.post("/fidelity/instruments/new/", {"name": "Visit check", "sources": ["observation"]})
    draft = Version.objects.get(instrument__name="Visit check")
    as_coach.post(url(draft, "section"), {"title": "At the door"})
    door = draft.sections.get()
    on_scale = {"wording": "Waited to be asked in", "kind": "scale", "scale": "extent"}
    as_coach.post(url(draft, "item"), on_scale | {"section": door.pk})
    as_coach.post(url(draft, "item"), {"wording": "Questions asked", "kind": "count"})
    formula = "100 * waited-to-be-asked / (questions-asked - 2)"
    made = as_coach.post(
        url(draft, "measure"),
        MEASURE | {"computed": "formula", "formula": formula, "items": [], "unit": "percent"},
    )
    assert made.status_code == 302, said(made)
    assert keys(draft) == ["questions-asked", "waited-to-be-asked"]  # those apart come first
    assert draft.scales.get().levels.count() == 5

    as_coach.post(f"/fidelity/versions/{draft.pk}/publish/")
    draft.refresh_from_db()
    assert draft.state == "published"
    page = as_coach.get(draft.instrument.get_absolute_url()).content.decode()
    assert formula in page
    assert "An item not observed is left out; one not applicable counts as 0; one without" in page

    def score(**answers):
        review = make.draft(cast.coach, cast.facilitator, version=draft)
        entries = {key: Entry(value=value) for key, value in answers.items()}
        review.submit(by=cast.coach, entries=entries)
        return review.scores.get()

    assert score(**{"waited-to-be-asked": 3.0, "questions-asked": 6.0}).value == 75
    nothing = score(**{"waited-to-be-asked": 3.0, "questions-asked": 2.0})
    assert (nothing.value, nothing.reason) == (None, "zero_denominator")


def test_the_builder_takes_as_many_queries_for_more(
    as_coach, draft, django_assert_max_num_queries, django_assert_num_queries
):
    builder = f"/fidelity/versions/{draft.pk}/edit/"
    as_coach.get(builder)
    with django_assert_max_num_queries(15) as asked:
        as_coach.get(builder)
    once = len(asked)  # a request forgets what those before it asked
    for number in range(3):
        as_coach.post(url(draft, "section"), {"title": f"Section {number}"})
        as_coach.post(url(draft, "item"), ITEM)
        as_coach.post(url(draft, "measure"), MEASURE)

    with django_assert_num_queries(once):
        answer = as_coach.get(builder)
    assert len(answer.context["draft"].measures) == 4


def test_a_short_name_is_made_of_the_words_and_is_free(as_coach, draft):
    for _each in range(2):
        as_coach.post(url(draft, "item"), ITEM)
    as_coach.post(url(draft, "item"), ITEM | {"key": "sum"})  # a function's
    as_coach.post(url(draft, "item"), ITEM | {"key": "first"})  # another item's
    as_coach.post(url(draft, "item"), ITEM | {"key": "Place!"})

    assert keys(draft) == ["first", "the-family-chose-the", "the-family-chose-the-2"]


@pytest.mark.parametrize(
    ("kind", "sent", "field", "words"),
    [
        ("item", ITEM | {"wording": ""}, "wording", "Fill in"),
        ("item", ITEM | {"kind": "scale"}, "scale", "Choose the scale"),
        ("item", ITEM | {"kind": "scale", "scale": "999"}, "scale", "Choose one of"),
        ("item", ITEM | {"section": "999"}, "section", "Choose one of"),
        ("section", {"title": ""}, "title", "Fill in"),
        ("scale", {"name": "0 to 2"}, "name", "a scale has this one already"),
        ("scale", {"name": "x", "value-0": "1", "label-0": "one"}, "value-0", "two levels"),
        ("scale", {"name": "x", "value-0": "1"}, "label-0", "Say in words"),
        ("scale", {"name": "x", "label-0": "one"}, "value-0", "Give these words a number"),
        ("scale", {"name": "x", "value-0": "1.5", "label-0": "a"}, "value-0", "whole number"),
        (
            "scale",
            {"name": "x", "value-0": "1", "label-0": "a", "value-1": "1", "label-1": "b"},
            "value-1",
            "a level has this one already",
        ),
        ("measure", MEASURE | {"items": []}, "items", "Choose at least one item"),
        ("measure", MEASURE | {"items": ["gone"]}, "items", "Choose one of"),
        ("measure", MEASURE | {"computed": "ratio_of_sums"}, "over", "Choose at least one item"),
        ("measure", MEASURE | {"computed": "formula"}, "formula", "Write a formula"),
        (
            "measure",
            MEASURE | {"computed": "formula", "formula": "frist / 2"},
            "formula",
            "Character 1: no item has the short name “frist”. For a minus, put a space on each "
            "side. Did you mean “first”?",
        ),
        (
            "measure",
            MEASURE | {"computed": "formula", "formula": "exec(first)"},
            "formula",
            "Character 1: there is no function “exec”.",
        ),
    ],
)
def test_what_is_to_be_mended_stands_at_its_field_and_nothing_is_stored(
    as_coach, draft, kind, sent, field, words
):
    models = {"item": Item, "section": Section, "scale": Scale, "measure": Measure}
    before = models[kind].objects.filter(version=draft).count()

    answer = as_coach.post(url(draft, kind), sent)

    assert answer.status_code == 422
    assert words in said(answer)[field][0]
    assert models[kind].objects.filter(version=draft).count() == before


def test_a_renamed_item_is_renamed_in_its_measures(as_coach, draft):
    formula = MEASURE | {"computed": "formula", "formula": "2 * first"}
    as_coach.post(url(draft, "measure"), formula)

    scale = draft.scales.get()
    sent = {"wording": "First", "kind": "scale", "scale": scale.pk, "key": "begun"}
    as_coach.post(url(draft, "item", draft.items.get()), sent)

    assert [each.parameters for each in draft.measures.order_by("place")] == [
        {"items": ["begun"]},
        {"formula": "2 * begun"},
    ]


def test_an_item_goes_out_of_the_measures_that_can_do_without_it(as_coach, draft):
    as_coach.post(url(draft, "item"), ITEM | {"key": "second"})
    as_coach.post(url(draft, "measure"), MEASURE | {"items": ["first", "second"]})
    first, second = draft.items.order_by("place")

    needed = as_coach.post(url(draft, "item", first, "remove/"))
    as_coach.post(url(draft, "item", second, "remove/"))

    assert needed.status_code == 409
    assert [str(each) for each in needed.context["needed"]] == ["Mean"]
    assert keys(draft) == ["first"]
    assert draft.measures.get(key="total").parameters == {"items": ["first"]}


def test_a_scale_in_use_stays_and_a_section_leaves_its_items(as_coach, draft):
    as_coach.post(url(draft, "section"), {"title": "One"})
    as_coach.post(url(draft, "item"), ITEM | {"section": draft.sections.get().pk})

    in_use = as_coach.post(url(draft, "scale", draft.scales.get(), "remove/"))
    as_coach.post(url(draft, "section", draft.sections.get(), "remove/"))

    assert in_use.status_code == 409
    assert draft.scales.count() == 1
    assert (draft.sections.count(), draft.items.count()) == (0, 2)


def test_levels_are_changed_and_rows_added_without_saving(as_coach, draft):
    scale = draft.scales.get()
    there = url(draft, "scale", scale)
    typed = {"name": "0 to 2", "value-0": "7", "label-0": "seven", "value-1": "8", "label-1": "8"}

    more = as_coach.post(there, typed | {"more": "1"})
    assert more.context["form"].rows == 7
    assert 'value="seven"' in more.content.decode()
    assert scale.levels.count() == 3
    as_coach.post(there, typed)

    found = Level.objects.filter(scale=scale).values_list("value", "label")
    assert list(found) == [(7, "seven"), (8, "8")]


def test_parts_are_moved_within_and_between_sections(as_coach, draft):
    for title in ("One", "Two"):
        as_coach.post(url(draft, "section"), {"title": title})
    one, two = draft.sections.order_by("place")
    for key, section in (("a", one), ("b", one), ("c", two)):
        as_coach.post(url(draft, "item"), ITEM | {"key": key, "section": section.pk})

    def move(kind, part, **way):
        return as_coach.post(url(draft, kind, part, "place/"), way)

    move("item", draft.items.get(key="b"), up="1")
    assert keys(draft) == ["first", "b", "a", "c"]
    move("item", draft.items.get(key="a"), down="1")
    assert draft.items.get(key="a").section == two
    move("item", draft.items.get(key="c"), down="1")  # the last of all stays
    assert keys(draft) == ["first", "b", "a", "c"]
    move("item", draft.items.get(key="b"), up="1")
    assert draft.items.get(key="b").section is None
    move("section", two, up="1")
    assert list(draft.sections.order_by("place")) == [two, one]
    as_coach.post(url(draft, "measure"), MEASURE)
    move("measure", draft.measures.get(key="total"), up="1")
    assert [each.key for each in draft.measures.order_by("place")] == ["total", "mean"]

    there = url(draft, "item", draft.items.get(key="a"), "place/")
    fragment = as_coach.post(there, {"up": "1"}, headers={"HX-Request": "true"})
    assert fragment.content.decode().lstrip().startswith('<div id="builder"')


def test_a_part_of_another_draft_is_not_there(as_coach, draft, cast):
    other = make.draft_version(cast.northside.agency)

    assert as_coach.get(url(draft, "item", other.items.get())).status_code == 404
    assert as_coach.get(f"/fidelity/versions/{draft.pk}/colour/new/").status_code == 404


def test_more_items_than_a_page_can_hold_are_refused(as_coach, draft):
    Item.objects.bulk_create(
        Item(version=draft, key=f"k-{number}", place=number, kind="count", wording="K")
        for number in range(2, 201)
    )

    answer = as_coach.post(url(draft, "item"), ITEM)

    assert "there may be 200 of these" in said(answer)["__all__"][0]
