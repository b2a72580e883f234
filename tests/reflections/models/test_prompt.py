"""Sets of prompts: versions, roles, agencies."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.audit.models import Entry
from portal.practice.models import Skill
from reflections.models import Prompt, PromptSet
from tests.reflections import make

SKILLS = [
    "Open questions", "Affirmations", "Reflections", "Summaries", "Engaging", "Focusing", "Evoking",
    "Planning",
]  # fmt: skip


def names(person):
    return [each.name for each in PromptSet.objects.offered_to(person)]


def test_a_facilitator_begins_with_three_questions(cast):
    others = ["Six steps, after Gibbs", "Free writing", *SKILLS]

    assert names(cast.facilitator) == ["Three questions", *others]
    assert [p.question for p in make.three_questions().prompts.all()] == [
        "What?",
        "So what?",
        "Now what?",
    ]


def test_a_peer_partner_begins_with_prompts_of_their_own(cast):
    assert names(cast.peer_partner)[:2] == ["A peer partner's three", "Three questions"]


def test_every_skill_of_the_vocabulary_has_a_set_about_it(db):
    about = PromptSet.objects.filter(skill__isnull=False)

    assert [each.skill for each in about.order_by("place")] == list(Skill.objects.all())
    assert {each.prompts.count() for each in about} == {3}


def test_free_writing_is_one_box(db):
    assert PromptSet.objects.get(slug="free-writing").prompts.count() == 1


def test_an_agencys_own_come_after_the_usual_and_only_there(cast):
    make.own_prompts(cast, name="Ours")
    make.own_prompts(cast, name="For coaches", role="coach")

    assert names(cast.facilitator)[:3] == ["Three questions", "Ours", "Six steps, after Gibbs"]
    assert names(cast.coach)[:3] == ["Three questions", "For coaches", "Ours"]
    assert "Ours" not in names(cast.riverbend.facilitator)


def test_asked_for_twice_an_agencys_set_is_made_once(cast):
    key = uuid.uuid4()
    made = [
        PromptSet.offer(cast.northside.agency, [("And?", "")], key=key, by=cast.admin, name="Ours")
        for _ in range(2)
    ]

    assert made[0] == made[1]
    assert [p.question for p in made[0].prompts.all()] == ["And?"]
    assert Entry.objects.filter(kind="prompts.offered").count() == 1


def test_an_admin_changes_their_own_agencys_sets_only(cast):
    ours = make.own_prompts(cast)

    assert list(PromptSet.objects.administered_by(cast.admin)) == [ours]
    for person in (cast.facilitator, cast.riverbend.admin):
        assert not PromptSet.objects.administered_by(person).exists()


def test_a_revision_changes_the_name_too_and_the_same_again_is_none(cast):
    old = make.own_prompts(cast, "And?")

    new = old.revise([("And?", "")], by=cast.admin, name="Renamed")

    assert (new.name, new.version) == ("Renamed", 2)
    assert new.revise([("And?", "")], by=cast.admin, name="Renamed") == new


def test_whoever_revises_what_was_revised_meanwhile_is_told(cast):
    old = make.own_prompts(cast)
    late = PromptSet.objects.get(pk=old.pk)
    old.revise([("And?", "")], by=cast.admin)

    with pytest.raises(ValidationError):
        late.revise([("Or?", "")], by=cast.admin)


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
