"""What goes for good, when, and what a hold keeps."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from communities.models import Commitment
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.people.models import User
from reflections.forgetting import forget, forget_versions, tell_of_endings
from reflections.models import Ending, Reflection, Retention, Version
from reflections.models.removal import KEPT_FOR
from reflections.models.retention import TOLD_BEFORE
from reflections.tasks import forget_what_is_over
from tests.reflections import make

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def written(author, years: int, *texts: str) -> Reflection:
    """Kept so many years before NOW."""
    entry = make.kept(author, *texts)
    at = NOW.replace(year=NOW.year - years) - DAY
    Reflection.objects.filter(pk=entry.pk).update(started_at=at, kept_at=at, saved_at=at)
    return entry


def decide(cast, years, *, at=NOW):
    return Retention.objects.decide(cast.northside.agency, years, by=cast.admin, at=at)


def left() -> list[Reflection]:
    return list(Reflection.objects.order_by("pk"))


def test_a_month_after_removal_it_goes_with_all_that_hangs_on_it(cast):
    entry = make.shared_with_supervisor(cast)
    entry.save_draft(make.answers("Changed"), version=entry.version)
    entry.respond(by=cast.supervisor, text="And then?")
    entry.open_by(cast.supervisor)
    stays = make.kept(cast.facilitator)
    entry.remove(by=cast.facilitator, at=NOW)
    pk = entry.pk

    assert forget(NOW + KEPT_FOR - DAY) == 0
    assert forget(NOW + KEPT_FOR) == 1
    assert forget(NOW + KEPT_FOR) == 0

    assert (left(), Version.objects.count()) == ([stays], 0)
    (deleted,) = Entry.objects.filter(kind="reflection.deleted")
    assert (deleted.subject_id, deleted.actor_id) == (pk, None)


def test_the_commitment_stays_its_authors(cast):
    entry = make.kept(cast.facilitator, "A", next_time="wait")
    entry.remove(by=cast.facilitator, at=NOW)

    forget(NOW + KEPT_FOR)

    assert Commitment.objects.get().text == "wait"


def test_what_was_brought_back_stays(cast):
    entry = make.kept(cast.facilitator)
    entry.remove(by=cast.facilitator, at=NOW)
    entry.bring_back(by=cast.facilitator)

    assert forget(NOW + KEPT_FOR + DAY) == 0


def test_a_legal_hold_keeps_what_was_removed_until_it_ends(cast):
    entry = make.kept(cast.facilitator)
    entry.remove(by=cast.facilitator, at=NOW)
    held = make.hold(cast, since=NOW - DAY)

    assert forget(NOW + KEPT_FOR + DAY) == 0
    held.end(by=cast.admin, at=NOW + 40 * DAY)
    assert forget(NOW + 41 * DAY) == 1


def test_a_hold_keeps_one_journal_and_nobody_elses(cast):
    for author in (cast.facilitator, cast.peer_partner):
        make.kept(author).remove(by=author, at=NOW)
    make.hold(cast, since=NOW - DAY)

    assert forget(NOW + KEPT_FOR) == 1

    assert [entry.author for entry in left()] == [cast.facilitator]


def test_without_a_retention_nothing_ends(cast):
    written(cast.facilitator, 40)

    assert (tell_of_endings(NOW), forget(NOW)) == (0, 0)


def test_authors_are_told_a_month_before_and_then_it_goes(cast):
    old, young = written(cast.facilitator, 3, "Old"), written(cast.facilitator, 1, "Young")
    decide(cast, 2)

    assert forget(NOW) == 0
    assert tell_of_endings(NOW) == 1
    assert forget(NOW + TOLD_BEFORE - DAY) == 0
    assert forget(NOW + TOLD_BEFORE) == 1

    assert left() == [young]
    (notice,) = Notice.objects.filter(kind="reflections.ending")
    assert notice.recipient == cast.facilitator
    assert not Reflection.objects.filter(pk=old.pk).exists()


def test_telling_and_forgetting_twice_is_as_once(cast):
    written(cast.facilitator, 3)
    decide(cast, 2)

    assert [tell_of_endings(NOW) for _ in range(2)] == [1, 0]
    assert [forget(NOW + TOLD_BEFORE) for _ in range(2)] == [1, 0]
    assert Notice.objects.filter(kind="reflections.ending").count() == 1


def test_who_writes_often_is_told_once_a_month(cast):
    decide(cast, 1)
    for day in range(0, 90, 10):
        entry = make.kept(cast.facilitator)
        at = NOW.replace(year=2025) + day * DAY
        Reflection.objects.filter(pk=entry.pk).update(started_at=at, kept_at=at)

    told = [tell_of_endings(NOW + day * DAY) for day in range(0, 60, 10)]

    assert told == [1, 0, 0, 0, 1, 0]


def test_nothing_goes_of_which_its_author_was_not_told_a_month_before(cast):
    decide(cast, 1)
    entries = []
    for day in range(0, 120, 15):
        entry = make.kept(cast.facilitator)
        at = NOW.replace(year=2025) + day * DAY
        Reflection.objects.filter(pk=entry.pk).update(started_at=at, kept_at=at)
        entries.append((entry.pk, at))

    gone: dict[int, datetime] = {}
    for day in range(0, 160, 4):
        at = NOW + day * DAY
        before = set(Reflection.objects.values_list("pk", flat=True))
        tell_of_endings(at)
        forget(at)
        gone |= dict.fromkeys(before - set(Reflection.objects.values_list("pk", flat=True)), at)

    endings = list(Ending.objects.all())
    assert set(gone) == {pk for pk, _at in entries}
    for pk, kept_at in entries:
        told = min(each.at for each in endings if each.written_before > kept_at)
        assert gone[pk] - told >= TOLD_BEFORE
        assert gone[pk] >= kept_at.replace(year=kept_at.year + 1)


def test_another_time_is_told_anew(cast):
    written(cast.facilitator, 3)
    decide(cast, 2)
    tell_of_endings(NOW)
    decide(cast, 1, at=NOW + DAY)

    assert forget(NOW + TOLD_BEFORE) == 0
    assert tell_of_endings(NOW + TOLD_BEFORE) == 1


def test_an_earlier_version_goes_by_its_own_age_though_its_entry_stands(cast, monkeypatch):
    monkeypatch.setattr("reflections.forgetting.A_BATCH", 2)
    for author in (cast.facilitator, cast.coach, cast.riverbend.facilitator):
        entry = make.kept(author, "0")
        for text in "1234":
            entry.save_draft(make.answers(text), version=entry.version)
    latest = [version.pk for version in Version.objects.all() if version.first_words == "3"]
    Version.objects.exclude(pk__in=latest).update(at=NOW.replace(year=NOW.year - 3))
    decide(cast, 2)

    assert forget_versions(NOW) == 6  # and none of Riverbend's
    assert Version.objects.count() == 6
    assert Version.objects.filter(pk__in=latest).count() == 3


def test_a_hold_keeps_earlier_versions(cast):
    entry = make.kept(cast.facilitator)
    entry.save_draft(make.answers("Changed"), version=entry.version)
    Version.objects.update(at=NOW.replace(year=NOW.year - 3))
    decide(cast, 2)
    make.hold(cast, since=NOW - DAY)

    assert forget_versions(NOW) == 0


def test_a_retention_that_was_lifted_deletes_nothing(cast):
    written(cast.facilitator, 3)
    decide(cast, 2)
    tell_of_endings(NOW)
    decide(cast, None, at=NOW + DAY)

    assert forget(NOW + 90 * DAY) == 0


def test_another_agencys_journals_go_by_their_own_time(cast):
    written(cast.facilitator, 3)
    there = written(cast.riverbend.facilitator, 3)
    decide(cast, 2)

    tell_of_endings(NOW)
    forget(NOW + TOLD_BEFORE)

    assert left() == [there]


def test_a_draft_counts_from_when_it_was_saved_last(cast):
    entry = make.draft(cast.facilitator)
    Reflection.objects.update(saved_at=NOW.replace(year=2023), started_at=NOW.replace(year=2020))
    decide(cast, 4)
    assert tell_of_endings(NOW) == 0

    decide(cast, 2, at=NOW + DAY)
    assert tell_of_endings(NOW + DAY) == 1
    assert forget(NOW + DAY + TOLD_BEFORE) == 1
    assert not Reflection.objects.filter(pk=entry.pk).exists()


def test_a_hold_suspends_retention_and_afterwards_authors_are_told_anew(cast):
    written(cast.facilitator, 3)
    decide(cast, 2)
    tell_of_endings(NOW)
    held = make.hold(cast, since=NOW - DAY)

    assert forget(NOW + TOLD_BEFORE) == 0
    assert tell_of_endings(NOW + TOLD_BEFORE) == 0
    held.end(by=cast.admin, at=NOW + 40 * DAY)
    assert forget(NOW + 41 * DAY) == 0
    assert tell_of_endings(NOW + 41 * DAY) == 1
    assert forget(NOW + 41 * DAY + TOLD_BEFORE) == 1


def test_a_leavers_journal_goes_by_the_same_time_and_nobody_is_written_to(cast):
    written(cast.facilitator, 3)
    decide(cast, 2)
    cast.facilitator.is_active = False
    cast.facilitator.save()

    tell_of_endings(NOW)

    assert not Notice.objects.filter(kind="reflections.ending").exists()
    assert forget(NOW + TOLD_BEFORE) == 1


def test_it_goes_in_batches_for_each_author(cast, monkeypatch):
    monkeypatch.setattr("reflections.forgetting.A_BATCH", 2)
    for author in (cast.facilitator, cast.peer_partner):
        for _ in range(3):
            make.kept(author).remove(by=author, at=NOW)

    assert forget(NOW + KEPT_FOR) == 6
    assert left() == []


def test_no_word_of_an_entry_is_read_to_delete_it(cast, django_assert_max_num_queries):
    make.kept(cast.facilitator).remove(by=cast.facilitator, at=NOW)

    with django_assert_max_num_queries(40) as captured:
        forget(NOW + KEPT_FOR)

    reads = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    assert reads
    assert not [sql for sql in reads if '"answers"' in sql or '"text"' in sql]


def test_the_tick_does_both(cast):
    entry = written(cast.facilitator, 3)
    decide(cast, 2)
    make.kept(cast.peer_partner).remove(by=cast.peer_partner, at=NOW - 3650 * DAY)

    forget_what_is_over()

    assert left() == [entry]
    assert Ending.objects.get().author == cast.facilitator


@pytest.mark.django_db(transaction=True)
def test_a_hold_that_is_placed_while_a_journal_is_deleted_waits_for_it(cast):
    began, placed = threading.Event(), threading.Event()

    def place() -> None:
        began.set()
        make.hold(cast, since=NOW - DAY)
        placed.set()
        connection.close()

    other = threading.Thread(target=place)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=cast.facilitator.pk)
        other.start()
        began.wait(10)
        waited = not placed.wait(0.3)
    other.join(10)

    assert waited
    assert placed.is_set()
