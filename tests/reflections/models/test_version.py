"""Earlier versions: which texts are kept, for whom, and the way back."""

import uuid
from datetime import timedelta

import pytest

from reflections.models import Conflict, Reflection, Version
from reflections.models.reflection import COMES_BACK_AFTER
from tests.reflections import make

MINUTE = timedelta(minutes=1)


def save(
    entry: Reflection, text: str, *, page: uuid.UUID | None, after: timedelta = MINUTE
) -> None:
    """A save from `page`, so long after the last."""
    at = entry.saved_at + after
    about = {"next_time": entry.next_time}
    entry.save_draft(make.answers(text), version=entry.version, page=page, about=about, at=at)


def texts(entry: Reflection) -> list[str]:
    """What earlier versions say, the latest first."""
    return [version.first_words for version in Version.objects.of(entry)]


@pytest.fixture
def entry(cast) -> Reflection:
    return make.draft(cast.facilitator, "One")


def test_a_sitting_leaves_a_version_each_ten_minutes(entry):
    page = entry.saved_from
    for minute in range(1, 26):
        save(entry, f"One, and {minute} minutes", page=page)

    assert texts(entry) == ["One, and 19 minutes", "One, and 9 minutes"]


def test_another_page_or_device_leaves_what_it_found(entry):
    save(entry, "One, on the laptop", page=uuid.uuid4())

    assert texts(entry) == ["One"]


def test_what_was_kept_is_left_at_the_first_change(cast):
    entry = make.kept(cast.facilitator, "As kept", next_time="wait")
    assert texts(entry) == []  # the words that became a commitment are no change

    page = entry.saved_from
    save(entry, "As kept, and more", page=page)
    save(entry, "As kept, and more, and more", page=page)

    assert texts(entry) == ["As kept"]


def test_a_text_that_is_taken_away_is_left_at_once(entry):
    page = entry.saved_from
    save(entry, "A long day. " * 30, page=page)
    save(entry, "", page=page)

    assert texts(entry)[0] == ("A long day. " * 30).strip()


def test_a_save_that_changes_nothing_and_a_blank_page_leave_none(cast):
    entry = make.draft(cast.facilitator, "")
    save(entry, "Two", page=uuid.uuid4())
    save(entry, "Two", page=uuid.uuid4())

    assert (texts(entry), entry.versioned_at) == ([], None)


def test_going_back_can_be_undone(entry):
    save(entry, "Two", page=entry.saved_from, after=20 * MINUTE)
    entry.refresh_from_db()
    entry.go_back_to(Version.objects.get(), at=entry.saved_at + MINUTE)

    entry.refresh_from_db()
    assert (entry.first_words, texts(entry)) == ("One", ["Two", "One"])
    entry.go_back_to(Version.objects.of(entry)[0], at=entry.saved_at + MINUTE)
    entry.refresh_from_db()
    assert (entry.first_words, texts(entry)) == ("Two", ["One", "Two", "One"])


def test_a_page_that_is_open_hears_of_a_way_back(entry):
    page, read = entry.saved_from, entry.version
    save(entry, "Two", page=page, after=20 * MINUTE)
    entry.go_back_to(Version.objects.get())

    with pytest.raises(Conflict):
        entry.save_draft(make.answers("Two, three"), version=read + 1, page=page)


def test_going_back_leaves_a_commitment_that_was_made(cast):
    entry = make.draft(cast.facilitator, "One", next_time="wait")
    save(entry, "Two", page=entry.saved_from, after=20 * MINUTE)
    entry.keep(at=entry.saved_at + COMES_BACK_AFTER)
    entry.refresh_from_db()

    entry.go_back_to(Version.objects.of(entry).last())

    entry.refresh_from_db()
    assert (entry.first_words, entry.next_time, entry.commitment.text) == ("One", "", "wait")


def test_a_version_reads_under_the_prompts_that_the_entry_has_now(cast, entry):
    entry.ask_instead(make.own_prompts(cast))

    [version] = Version.objects.by(cast.facilitator).select_related("reflection")

    assert version.answered() == [("What would you tell a colleague?", "One")]


def test_only_the_author_has_them_and_not_of_what_they_removed(cast):
    entry = make.shared_with_supervisor(cast)
    save(entry, "Changed", page=None)

    assert Version.objects.by(cast.supervisor).count() == 0
    assert Version.objects.by(cast.facilitator).count() == 1
    entry.remove(by=cast.facilitator)
    assert Version.objects.by(cast.facilitator).count() == 0


def test_a_text_that_was_refused_is_kept_once(entry):
    for _twice in range(2):
        Version.objects.keep_refused(entry, {"1": "On the phone"}, "")

    [version] = Version.objects.of(entry)
    assert (version.first_words, version.is_refused) == ("On the phone", True)
    entry.refresh_from_db()
    assert entry.versioned_at is not None
