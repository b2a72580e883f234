"""What an author asks with an entry."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from portal.audit.models import Entry
from reflections.models import Question
from tests.reflections import make


def asked(entry) -> list[str]:
    return list(Question.objects.filter(reflection=entry).values_list("text", flat=True))


def test_the_author_asks_changes_it_and_takes_it_away(cast):
    entry = make.shared_with_supervisor(cast)

    for text, stands in [
        (" What would you have tried?\r\n", ["What would you have tried?"]),
        ("And you?", ["And you?"]),
        ("And you?", ["And you?"]),
        (" ", []),
        ("", []),
    ]:
        Question.objects.ask(entry, text, by=cast.facilitator)
        assert asked(entry) == stands

    assert Entry.objects.filter(kind="reflection.asked").count() == 3


def test_nobody_else_asks_with_it(cast):
    entry = make.shared_with_supervisor(cast)

    with pytest.raises(PermissionDenied):
        Question.objects.ask(entry, "Mine?", by=cast.supervisor)

    assert asked(entry) == []


def test_a_question_says_something(cast):
    empty = Question(reflection=make.kept(cast.facilitator), text="")

    with pytest.raises(ValidationError, match="Write your question"):
        empty.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        empty.save()


def test_the_database_tells_no_word_of_one_that_is_too_long(cast):
    entry = make.kept(cast.facilitator)

    with pytest.raises(DatabaseError) as error:
        Question.objects.ask(entry, make.SECRET * 40, by=cast.facilitator)

    assert make.SECRET not in str(error.value)
    assert make.SECRET not in str(Question(reflection=entry, text=make.SECRET))
