"""Drafts, keeping, and what nobody else sees."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import Commitment
from portal.audit.models import Entry
from portal.practice.models import Skill
from reflections.models import Conflict, Reflection
from tests.reflections import make


def test_a_draft_is_its_authors_alone(cast):
    draft = make.draft(cast.facilitator)

    assert list(Reflection.objects.visible_to(cast.facilitator)) == [draft]
    for person in [*cast.northside.people()[1:], *cast.riverbend.people(), cast.leaver]:
        assert list(Reflection.objects.visible_to(person)) == []


def test_a_kept_entry_stays_its_authors_alone(cast):
    make.kept(cast.facilitator)

    for person in [*cast.northside.people()[1:], *cast.riverbend.people(), cast.leaver]:
        assert list(Reflection.objects.visible_to(person)) == []


def test_running_operations_opens_no_journal(cast):
    make.shared_with_supervisor(cast)
    cast.admin.is_staff = cast.admin.is_superuser = True
    cast.admin.save()

    assert list(Reflection.objects.visible_to(cast.admin)) == []


def test_two_writers_both_keep_their_text(cast):
    draft = make.draft(cast.facilitator, "On the laptop")
    phone = Reflection.objects.get(pk=draft.pk)
    draft.save_draft(make.answers("On the laptop, more"), version=1)

    with pytest.raises(Conflict) as conflict:
        phone.save_draft(make.answers("On the phone"), version=1)

    first = str(make.three_questions().prompts.first().pk)
    assert conflict.value.mine[first] == "On the phone"
    assert conflict.value.theirs[first] == "On the laptop, more"
    assert conflict.value.version == 2
    assert "laptop" not in str(conflict.value)


def test_a_first_save_from_nowhere_keeps_what_was_chosen(cast):
    skill = Skill.objects.get(slug="summaries")
    entry = Reflection(author=cast.facilitator, prompt_set=make.three_questions())

    entry.save_draft(make.answers("A"), version=0, about={"skill": skill.pk})

    assert Reflection.objects.get().skill == skill


def test_the_same_save_twice_is_once(cast):
    draft = make.draft(cast.facilitator, "One")
    sent = make.answers("One, two")

    draft.save_draft(sent, version=1)
    draft.save_draft(sent, version=1)

    assert draft.version == 2


def test_a_key_of_someone_elses_draft_writes_nothing(cast):
    theirs = make.draft(cast.facilitator, "Theirs")
    mine = Reflection(key=theirs.key, author=cast.coach, prompt_set=theirs.prompt_set)

    with pytest.raises(Reflection.DoesNotExist), transaction.atomic():
        mine.save_draft(make.answers("Mine"), version=0)

    theirs.refresh_from_db()
    assert (theirs.author, theirs.first_words) == (cast.facilitator, "Theirs")


def test_keeping_twice_is_once(cast):
    draft = make.draft(cast.facilitator)
    at = timezone.now()

    draft.keep(at=at)
    draft.keep(at=at + timedelta(hours=1))

    draft.refresh_from_db()
    assert draft.kept_at == at
    assert Entry.objects.filter(kind="reflection.kept", subject_id=draft.pk).count() == 1


def test_an_empty_page_is_not_kept(cast):
    draft = make.draft(cast.facilitator, " \n ")

    with pytest.raises(ValidationError) as refused:
        draft.keep()

    assert refused.value.messages == ["Write something in one of the boxes before you keep it."]
    assert not Reflection.objects.get().is_kept


def test_next_time_becomes_a_commitment_that_only_its_owner_sees(cast):
    entry = make.kept(
        cast.facilitator, next_time="ask before I advise", next_time_on=date(2027, 1, 4)
    )

    commitment = Commitment.objects.get()
    entry.refresh_from_db()
    assert entry.commitment == commitment
    assert (commitment.text, commitment.due_on) == ("ask before I advise", date(2027, 1, 4))
    assert (entry.next_time, entry.next_time_on) == ("", None)
    assert list(Commitment.objects.visible_to(cast.supervisor)) == []


def test_a_commitment_without_a_day_comes_back_in_two_weeks_of_the_authors(cast):
    entry = make.draft(cast.facilitator, next_time="listen longer")

    entry.keep(at=entry.saved_at.replace(hour=3) + timedelta(days=1))  # still the day before there

    day = (entry.saved_at + timedelta(days=1)).date() - timedelta(days=1)
    assert Commitment.objects.get().due_on == day + timedelta(days=14)


def test_a_commitment_added_later_is_made_once(cast):
    entry = make.kept(cast.facilitator, "A")
    entry.save_draft(make.answers("A"), version=1, about={"next_time": "wait"})

    entry.keep()
    entry.keep()

    assert Commitment.objects.count() == 1


def test_an_entry_keeps_the_questions_it_was_written_with(cast):
    entry = make.kept(cast.facilitator, "One", "Two")

    make.three_questions().revise([("Only this?", "")], by=cast.admin)

    entry = Reflection.objects.get()
    assert entry.answered() == [("What?", "One"), ("So what?", "Two")]


def test_an_entry_is_kept_after_it_was_begun(cast):
    entry = make.draft(cast.facilitator)

    entry.kept_at = entry.started_at + timedelta(seconds=1)
    entry.save(update_fields=["kept_at"])

    entry.kept_at = entry.started_at - timedelta(seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(update_fields=["kept_at"])


def test_only_a_kept_entry_ends_in_a_commitment(cast):
    commitment = Commitment.make(person=cast.facilitator, text="Wait", due_on=date(2027, 1, 4))
    kept, draft = make.kept(cast.facilitator), make.draft(cast.facilitator)

    Reflection.objects.filter(pk=kept.pk).update(commitment=commitment)
    Reflection.objects.filter(pk=kept.pk).update(commitment=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.filter(pk=draft.pk).update(commitment=commitment)


def test_a_key_is_one_entrys(cast):
    draft = make.draft(cast.facilitator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.create(
            key=draft.key, author=cast.coach, prompt_set=make.three_questions()
        )
    assert Reflection.objects.create(
        key=uuid.uuid4(), author=cast.coach, prompt_set=make.three_questions()
    )


def test_someone_without_a_community_who_names_a_session_is_saved(cast):
    entry = make.draft(cast.newcomer, "First words")

    entry.save_draft(make.answers("More words"), version=entry.version, about={"session": 1})

    entry.refresh_from_db()
    assert (entry.first_words, entry.session_id) == ("More words", None)


def test_the_count_of_what_waits_is_that_of_the_list(cast):
    shared = make.shared_with_supervisor(cast)
    answered = make.shared_with_supervisor(cast)
    answered.respond(by=cast.supervisor, text="Thank you.")
    asked_again = make.shared_with_supervisor(cast)
    asked_again.respond(by=cast.supervisor, text="What told you?")
    asked_again.respond(by=cast.facilitator, reader=cast.supervisor, text="The silence.")

    waiting = Reflection.objects.awaiting_answer(cast.supervisor)
    assert set(waiting) == {shared, asked_again}
    for person in (cast.supervisor, cast.coach, cast.facilitator, cast.riverbend.supervisor):
        assert Reflection.count_awaiting_answer(person) == (
            Reflection.objects.awaiting_answer(person).count()
        )
