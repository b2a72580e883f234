"""Sets of prompts: versions, roles, agencies."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reflections.models import Prompt, PromptSet
from tests.reflections import make


def names(person):
    return [each.name for each in PromptSet.objects.offered_to(person)]


def test_a_facilitator_begins_with_three_questions(cast):
    assert names(cast.facilitator) == ["Three questions", "Six steps, after Gibbs"]
    assert [p.question for p in make.three_questions().prompts.all()] == [
        "What?",
        "So what?",
        "Now what?",
    ]


def test_a_peer_partner_begins_with_prompts_of_their_own(cast):
    assert names(cast.peer_partner)[0] == "A peer partner's three"


def test_an_agencys_own_come_first_and_only_there(cast):
    PromptSet.objects.create(slug="ours", name="Ours", agency=cast.northside.agency)

    assert names(cast.facilitator)[0] == "Ours"
    assert "Ours" not in names(cast.riverbend.facilitator)


def test_a_revision_is_offered_instead(cast):
    old = make.three_questions()

    new = old.revise([("And?", "")], by=cast.admin)

    assert list(PromptSet.objects.current().filter(slug=old.slug)) == [new]
    assert (new.version, next(p.question for p in old.prompts.all())) == (2, "What?")


def test_one_version_of_a_set_is_offered_at_a_time(cast):
    old = make.three_questions()

    with pytest.raises(IntegrityError), transaction.atomic():
        PromptSet.objects.create(slug=old.slug, version=2, name=old.name)

    old.withdraw(by=cast.admin)
    assert PromptSet.objects.create(slug=old.slug, version=2, name=old.name)


def test_a_version_is_there_once(cast):
    old = make.three_questions()
    old.withdraw(by=cast.admin)

    with pytest.raises(IntegrityError), transaction.atomic():
        PromptSet.objects.create(slug=old.slug, version=1, name=old.name)
    assert PromptSet.objects.create(
        slug=old.slug, version=1, name=old.name, agency=cast.northside.agency
    )


def test_a_set_is_for_a_role_or_for_everybody(db):
    assert PromptSet.objects.create(slug="coaches", name="Coaches", role="coach")
    with pytest.raises(IntegrityError), transaction.atomic():
        PromptSet.objects.create(slug="learners", name="Learners", role="learner")


def test_a_place_is_one_prompts(db):
    prompts = make.three_questions()

    assert Prompt.objects.create(set=prompts, place=4, question="And?")
    with pytest.raises(IntegrityError), transaction.atomic():
        Prompt.objects.create(set=prompts, place=4, question="Or?")


def test_a_set_ends_after_it_began(db):
    prompts = make.three_questions()

    with pytest.raises(IntegrityError), transaction.atomic():
        PromptSet.objects.filter(pk=prompts.pk).update(until=prompts.since)
    PromptSet.objects.filter(pk=prompts.pk).update(until=timezone.now())
