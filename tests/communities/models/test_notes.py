"""Shared notes: versions, and two people's words both stay."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.models import NotesVersion, Session, notes_of, save_notes
from communities.models.notes import LONGEST
from tests.communities import make, make_meetings

PAGES = ("one", "two", "three")


@pytest.fixture
def session(cast) -> Session:
    return make_meetings.meeting(make.circle(cast))


def test_two_people_write_from_the_same_version_and_both_stay(cast, session):
    first = save_notes(session, "Open questions.", base=0, page="one", by=cast.coach)
    save_notes(session, "Open questions.\nAsk first.", base=1, page="one", by=cast.coach)
    merged = save_notes(
        session, "Open questions and affirming.", base=first.number, page="two", by=cast.facilitator
    )

    assert merged.text.split() == ["Open", "questions", "and", "affirming.", "Ask", "first."]
    assert (merged.number, merged.author) == (3, cast.facilitator)


def test_where_both_changed_the_same_words_both_texts_stay_marked(cast, session):
    save_notes(session, "We meet at noon.", base=0, page="one", by=cast.coach)
    save_notes(session, "We meet at one.", base=1, page="one", by=cast.coach)
    merged = save_notes(session, "We meet at two.", base=1, page="two", by=cast.facilitator)

    assert merged.text == (
        "We meet at [Two people changed this. One wrote:] one. [The other:] two. [Both are kept.]"
    )


def test_the_same_save_twice_is_one_version(cast, session):
    for _press in range(2):
        save_notes(session, "Once", base=0, page="one", by=cast.coach)

    assert NotesVersion.objects.count() == 1


def test_a_page_whose_answer_got_lost_goes_on_from_what_it_sent(cast, session):
    save_notes(session, "We tal", base=0, page="one", by=cast.coach)
    save_notes(session, "Hello", base=0, page="two", by=cast.facilitator)
    merged = save_notes(session, "We talked", base=0, page="one", by=cast.coach)
    again = save_notes(session, "We talked long", base=0, page="one", by=cast.coach)

    assert merged.text == "We talked\nHello"
    assert again.text == "We talked long\nHello"


def test_taking_everything_away_is_a_version_too(cast, session):
    save_notes(session, "Wrong", base=0, page="one", by=cast.coach)
    save_notes(session, "", base=1, page="one", by=cast.coach)

    assert notes_of(session).text == ""
    assert [version.text for version in session.notes_versions.all()] == ["Wrong", ""]


def test_nothing_is_kept_before_it_opens_when_called_off_or_of_a_book(cast, session):
    early = session.starts_at - timedelta(minutes=61)
    with pytest.raises(ValidationError):
        save_notes(session, "Early", base=0, page="", by=cast.coach, at=early)
    with pytest.raises(ValidationError):
        save_notes(session, "x" * (LONGEST + 1), base=0, page="", by=cast.coach)
    session.starts_at, session.ends_at = (
        timezone.now() + timedelta(minutes=minutes) for minutes in (10, 70)
    )
    session.save()
    session.cancel(by=cast.coach)
    with pytest.raises(ValidationError):
        save_notes(session, "Off", base=0, page="", by=cast.coach)

    assert NotesVersion.objects.count() == 0


def test_a_history_shows_sittings_and_thinning_out_keeps_them(cast, session):
    begun = session.starts_at
    for minute, author, text in (
        (0, cast.coach, "a"),
        (5, cast.coach, "a b"),
        (6, cast.facilitator, "a b c"),
        (7, cast.coach, "a b c d"),
        (30, cast.coach, "a b c d e"),
    ):
        base = session.notes_versions.count()
        at = begun + timedelta(minutes=minute)
        save_notes(session, text, base=base, page="p", by=author, at=at)
    shown = [version.number for version in session.notes_versions.all().sittings()]

    assert shown == [5, 4, 3, 2]
    assert session.notes_versions.all().thin_out() == 1
    assert [version.number for version in session.notes_versions.all()] == [2, 3, 4, 5]


def test_the_database_refuses_a_number_twice_and_none(session):
    for number in (1, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            session.notes_versions.create(number=1, text="")
            session.notes_versions.create(number=number, text="")


# Whose turn it is, whether they have read what the server has, and whether its answer reaches them.
SAVES = st.lists(st.tuples(st.sampled_from(PAGES), st.booleans(), st.booleans()), max_size=10)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SAVES)
def test_whoever_saves_when_and_whatever_answer_is_lost_every_word_stays(cast, session, saves):
    session.notes_versions.all().delete()
    pages = dict.fromkeys(PAGES, (0, ""))
    for number, (page, reads, answered) in enumerate(saves):
        version, text = pages[page]
        if reads and (last := notes_of(session)) and text == getattr(last, "text", None):
            version, text = last.number, last.text
        text = f"{text} word{number}".strip()
        saved = save_notes(session, text, base=version, page=page, by=cast.coach)
        pages[page] = (saved.number, saved.text) if answered else (version, text)

    last = notes_of(session)
    written = {f"word{number}" for number in range(len(saves))}
    assert written - set(last.text.split() if last else []) == set()
