"""An agency's own sets of prompts."""

import uuid

import pytest
from django.urls import reverse

from reflections.models import PromptSet
from tests.reflections import make


def url(name, pk):
    return reverse(f"reflections:prompt_sets.{name}", args=[pk])


def sent(*questions, **fields):
    asked = {f"question_{n}": q for n, q in enumerate(questions, start=1)}
    return {"key": str(uuid.uuid4()), "name": "After a hard day", **asked, **fields}


def test_an_admin_makes_a_set_that_their_people_can_choose(as_admin, as_facilitator, cast):
    agency = cast.northside.agency
    assert "None yet" in as_admin.get(url("index", agency.pk)).content.decode()

    form = sent("What stays?", "What goes?", hint_2="It may.")
    answer = as_admin.post(url("new", agency.pk), form)
    as_admin.post(url("new", agency.pk), form)  # sent twice

    made = PromptSet.objects.get(agency=agency)
    assert answer["Location"] == url("index", agency.pk)
    assert [(p.question, p.hint) for p in made.prompts.all()] == [
        ("What stays?", ""),
        ("What goes?", "It may."),
    ]
    chooser = reverse("reflections:prompts.edit", args=[uuid.uuid4()])
    assert "After a hard day" in as_facilitator.get(chooser).content.decode()


def test_changing_it_makes_a_version_and_what_was_written_keeps_its_prompts(as_admin, cast):
    old = make.own_prompts(cast, "What stays?")
    entry = make.kept(cast.facilitator, "The quiet", prompts=old)
    shown = as_admin.get(url("edit", old.pk)).content.decode()

    as_admin.post(url("edit", old.pk), sent("What remains?"))

    new = PromptSet.objects.get(agency=old.agency, until=None)
    assert 'value="What stays?"' in shown
    assert (new.version, new.name) == (2, "After a hard day")
    entry.refresh_from_db()
    assert entry.answered() == [("What stays?", "The quiet")]
    assert "version 1, until" in as_admin.get(url("index", old.agency_id)).content.decode()


def test_withdrawing_asks_first_and_drafts_are_finished_with_it(as_admin, as_facilitator, cast):
    ours = make.own_prompts(cast, "What stays?")
    draft = make.draft(cast.facilitator, "Half", prompts=ours)

    assert "Withdraw Our own?" in as_admin.get(url("remove", ours.pk)).content.decode()
    as_admin.post(url("remove", ours.pk))

    page = reverse("reflections:reflections.edit", args=[draft.key])
    as_facilitator.post(page, make.page(draft, "Whole", keep="1"))
    draft.refresh_from_db()
    assert draft.answered() == [("What stays?", "Whole")]
    assert as_admin.get(url("edit", ours.pk)).status_code == 403


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (sent(), "Fill in “Question 1”."),
        (sent("One?", hint_2="Alone"), "Write the question that this hint is for."),
        (sent("One?", name=""), "Fill in “Name”."),
        (sent("One?", key="none"), "Enter a valid UUID."),
        (sent("x" * 161), "160"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(as_admin, cast, form, words):
    answer = as_admin.post(url("new", cast.northside.agency.pk), form)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PromptSet.objects.filter(agency=cast.northside.agency).exists()


def test_the_list_takes_as_many_queries_for_many_sets(as_admin, cast):
    here = url("index", cast.northside.agency.pk)
    make.own_prompts(cast)
    few = make.queries(as_admin, here)
    for _ in range(4):
        make.own_prompts(cast).revise([("And?", "")], by=cast.admin)

    assert make.queries(as_admin, here) == few <= 12


def test_an_admin_finds_them_among_the_pages_of_the_agency(as_admin, cast):
    agency = cast.northside.agency
    people = as_admin.get(reverse("agencies:people.index", args=[agency.pk])).content.decode()

    page = as_admin.get(url("index", agency.pk))

    assert f'href="{url("index", agency.pk)}"' in people
    here = [place["label"] for place in page.context["navigation"] if place["current"]]
    assert here == ["Agency"]
