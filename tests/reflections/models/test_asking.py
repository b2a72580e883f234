"""Other prompts for a draft: what is written goes along; an entry keeps its own."""

import pytest
from django.core.exceptions import ValidationError

from reflections.models import Conflict, PromptSet, Reflection
from reflections.models.answers import LONGEST, TooLong
from tests.reflections import make


def set_of(slug):
    return PromptSet.objects.get(slug=slug)


def test_three_answers_become_one_and_six(cast):
    draft = make.draft(cast.facilitator, "What", "So", "Now")

    draft.ask_instead(set_of("free-writing"))
    assert [text for _, text in draft.answered()] == ["What\n\nSo\n\nNow"]

    draft.ask_instead(set_of("gibbs"))
    again = Reflection.objects.get(pk=draft.pk)
    assert again.prompt_set == set_of("gibbs")
    assert [text for _, text in again.answered()] == ["What\n\nSo\n\nNow"]


def test_choosing_the_same_twice_is_as_once(cast):
    draft = make.draft(cast.facilitator, "What", "So")

    draft.ask_instead(set_of("gibbs"))
    before = draft.answers
    draft.ask_instead(set_of("gibbs"))

    assert draft.answers == before


def test_an_entry_keeps_the_prompts_it_was_written_with(cast):
    entry = make.kept(cast.facilitator)

    with pytest.raises(ValidationError):
        entry.ask_instead(set_of("gibbs"))


def test_a_draft_that_was_changed_elsewhere_is_not_overwritten(cast):
    draft = make.draft(cast.facilitator, "Mine")
    late = Reflection.objects.get(pk=draft.pk)
    draft.save_draft(make.answers("Theirs"), version=draft.version)

    with pytest.raises(Conflict):
        late.ask_instead(set_of("gibbs"))
    assert [text for _, text in Reflection.objects.get(pk=draft.pk).answered()] == ["Theirs"]


def test_what_fewer_boxes_cannot_hold_stays_where_it_is(cast):
    draft = make.draft(cast.facilitator, "a" * LONGEST, "b" * LONGEST)

    with pytest.raises(TooLong):
        draft.ask_instead(set_of("free-writing"))
    assert len(Reflection.objects.get(pk=draft.pk).answered()) == 2


def test_text_under_prompts_of_another_set_is_still_shown(cast):
    entry = make.kept(cast.facilitator, "Then", prompts=set_of("gibbs"))
    Reflection.objects.filter(pk=entry.pk).update(prompt_set=set_of("free-writing"))

    assert Reflection.objects.get(pk=entry.pk).answered() == [("What is on your mind?", "Then")]
