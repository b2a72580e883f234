"""Choosing other prompts on the writing page."""

import uuid

from django.urls import reverse

from reflections.models import PromptSet, Reflection
from tests.reflections import make


def url(key):
    return reverse("reflections:prompts.edit", args=[key])


def writing(key):
    return reverse("reflections:reflections.edit", args=[key])


def free():
    return PromptSet.objects.get(slug="free-writing")


def test_the_writing_page_leads_to_other_prompts_and_enter_still_keeps(as_facilitator, cast):
    draft = make.draft(cast.facilitator)

    page = as_facilitator.get(writing(draft.key)).content.decode()

    assert f'formaction="{url(draft.key)}"' in page
    assert page.index('<button hidden name="keep"') < page.index("formaction")


def test_every_set_is_shown_with_what_it_asks(as_facilitator):
    page = as_facilitator.get(url(uuid.uuid4())).content.decode()

    assert "Three questions" in page
    assert "What? · So what? · Now what?" in page
    assert "What is on your mind?" in page


def test_a_page_without_a_word_begins_with_the_chosen_set_and_makes_no_draft(as_facilitator):
    key = uuid.uuid4()

    there = as_facilitator.post(url(key), make.page(None, ""))
    chosen = as_facilitator.post(there["Location"], {"to": free().pk})
    page = as_facilitator.get(chosen["Location"])

    assert page.context["reflection"].prompt_set == free()
    assert not Reflection.objects.exists()


def test_what_was_typed_on_a_blank_page_goes_along(as_facilitator):
    key = uuid.uuid4()

    there = as_facilitator.post(url(key), make.page(None, "She spoke first.", "It mattered."))
    back = as_facilitator.post(there["Location"], {"to": free().pk})

    assert back["Location"] == writing(key)
    page = as_facilitator.get(back["Location"]).content.decode()
    assert "She spoke first.\n\nIt mattered.</textarea>" in page


def test_what_is_typed_and_not_saved_yet_goes_along_too(as_facilitator, cast):
    draft = make.draft(cast.facilitator, "Saved")
    sent = make.page(draft, "Saved and more")

    as_facilitator.post(url(draft.key), sent)
    as_facilitator.post(url(draft.key), {"to": free().pk})

    draft.refresh_from_db()
    assert draft.answered() == [("What is on your mind?", "Saved and more")]


def test_what_cannot_be_saved_comes_back_as_the_writing_page(as_facilitator, cast):
    draft = make.draft(cast.facilitator, "On the laptop")

    stale = as_facilitator.post(url(draft.key), make.page(draft, "On the phone", version=0))
    long = as_facilitator.post(url(draft.key), make.page(draft, "x" * 50_001))

    assert (stale.status_code, long.status_code) == (409, 422)
    assert "On the laptop" in stale.content.decode()
    assert "On the phone" in stale.content.decode()


def test_a_page_that_was_open_meanwhile_conflicts_and_then_saves_under_the_new_prompts(
    as_facilitator, cast
):
    draft = make.draft(cast.facilitator, "Before")
    sent = make.page(draft, "Typed on the other device")
    as_facilitator.post(url(draft.key), {"to": free().pk})
    autosave = reverse("reflections:drafts.edit", args=[draft.key])

    conflict = as_facilitator.post(autosave, sent)
    first_box = next(name for name in sent if name.startswith("answer_"))
    assert conflict.status_code == 409
    assert conflict.json()["answers"][first_box] == "Before"

    settled = as_facilitator.post(autosave, sent | {"version": conflict.json()["version"]})
    draft.refresh_from_db()
    assert settled.status_code == 200
    assert draft.answered() == [("What is on your mind?", "Typed on the other device")]


def test_a_set_that_was_withdrawn_is_not_chosen_and_nothing_is_lost(as_facilitator, cast):
    draft, gone = make.draft(cast.facilitator, "Mine"), free()
    gone.withdraw(by=cast.admin)

    answer = as_facilitator.post(url(draft.key), {"to": gone.pk}, follow=True)

    draft.refresh_from_db()
    assert "not offered any more" in answer.content.decode()
    assert [text for _, text in draft.answered()] == ["Mine"]


def test_another_agencys_set_is_neither_chosen_nor_shown(as_facilitator, cast, as_stranger):
    theirs = make.own_prompts(cast, "A question of Northside's")
    draft = make.draft(cast.riverbend.facilitator, "Mine")

    as_stranger.post(url(draft.key), {"to": theirs.pk})
    page = as_stranger.post(writing(draft.key), make.page(draft, "x" * 50_001, prompts=theirs.pk))

    draft.refresh_from_db()
    assert draft.prompt_set == make.three_questions()
    assert "Northside" not in page.content.decode()


def test_a_kept_entry_leads_back_to_its_own_prompts(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    answer = as_facilitator.post(url(entry.key), {"to": free().pk}, follow=True)

    entry.refresh_from_db()
    assert entry.prompt_set == make.three_questions()
    assert "An entry keeps the prompts it was written with." in answer.content.decode()


def test_choosing_takes_as_many_queries_for_many_sets(as_facilitator, cast):
    key = uuid.uuid4()
    make.own_prompts(cast)
    few = make.queries(as_facilitator, url(key))
    for _ in range(9):
        make.own_prompts(cast)

    assert make.queries(as_facilitator, url(key)) == few <= 12
