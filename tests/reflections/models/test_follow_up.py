"""Two lines on what came of a commitment, and the story that they continue."""

import pytest

from communities.models import Commitment
from reflections.models import FollowUp, PromptSet
from reflections.story import story_of
from tests.communities import make as communities
from tests.reflections import make


def begun_after(entry):
    """The draft that follows from what the entry ended in."""
    return FollowUp.objects.begin(entry.commitment, by=entry.author)


def told(entry, *lines, next_time=""):
    """A kept follow-up of what the entry ended in."""
    following = begun_after(entry)
    written = make.answers(*lines, prompts=following.prompt_set)
    following.save_draft(written, version=following.version, about={"next_time": next_time})
    following.keep()
    return following


def words(steps) -> list[str]:
    return [
        step.entry.first_words if step.entry
        else step.commitment.text if step.commitment
        else step.outcome.kind
        for step in steps
    ]  # fmt: skip


def test_it_asks_two_questions_that_nobody_is_offered_otherwise(cast):
    entry = make.kept(cast.facilitator, next_time="wait")

    draft = begun_after(entry)

    assert [p.question for p in draft.prompt_set.prompts.all()] == [
        "What did you try?",
        "What did you notice?",
    ]
    assert (draft.is_kept, draft.first_words) == (False, "")
    assert draft.prompt_set not in PromptSet.objects.offered_to(cast.facilitator)


def test_one_that_is_begun_goes_on_and_a_kept_one_can_have_a_second(cast):
    entry = make.kept(cast.facilitator, next_time="wait")

    assert begun_after(entry) == begun_after(entry)
    assert FollowUp.objects.count() == 1
    assert told(entry, "I waited.") != begun_after(entry)


def test_nobody_follows_up_anothers_commitment(cast):
    entry = make.kept(cast.facilitator, next_time="wait")

    with pytest.raises(Commitment.DoesNotExist):
        FollowUp.objects.begin(entry.commitment, by=cast.supervisor)


def test_a_story_goes_from_entry_to_commitment_to_follow_up_and_on(cast):
    first = make.kept(cast.facilitator, "The silence felt long.", next_time="wait")
    make.kept(cast.facilitator, "Something else", next_time="breathe")
    first.commitment.settle("tried", by=cast.facilitator)
    second = told(first, "I waited.", "She spoke.", next_time="wait longer")
    second.commitment.settle("let_go", by=cast.facilitator)
    third = told(second, "Too long.")

    story = [
        "The silence felt long.", "wait", "tried", "I waited.", "wait longer", "let_go",
        "Too long.",
    ]  # fmt: skip
    for entry in (first, second, third):
        assert words(story_of(entry, cast.facilitator)) == story


def test_a_commitment_of_a_session_has_a_story_too(cast):
    commitment = communities.commitment(cast.facilitator, text="Ask first")
    draft = FollowUp.objects.begin(commitment, by=cast.facilitator)
    draft.save_draft(make.answers("I asked.", prompts=draft.prompt_set), version=draft.version)

    assert words(story_of(draft, cast.facilitator)) == ["Ask first"]
    draft.keep()
    assert words(story_of(draft, cast.facilitator)) == ["Ask first", "I asked."]


def test_what_is_gone_leaves_the_rest_of_the_story(cast):
    first = make.kept(cast.facilitator, "The silence felt long.", next_time="wait")
    following = told(first, "I waited.")

    first.remove(by=cast.facilitator)

    assert words(story_of(following, cast.facilitator)) == ["wait", "I waited."]


def test_a_story_takes_five_queries_however_long(cast, django_assert_num_queries):
    entry = make.kept(cast.facilitator, next_time="wait")
    for _ in range(6):
        with django_assert_num_queries(5):
            story_of(entry, cast.facilitator)
        entry.commitment.settle("tried", by=cast.facilitator)
        entry = told(entry, "I waited.", next_time="wait longer")
