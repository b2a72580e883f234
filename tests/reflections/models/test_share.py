"""Who may read, as long as they may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import Membership
from portal.agencies.models import Supervision
from portal.audit.models import Entry
from portal.notices.models import Notice
from reflections.departures import tell_whoever_waits, withdraw_from_people
from reflections.models import Reflection, Share
from tests import make as people
from tests.communities import make as communities
from tests.reflections import make


def readers(entry, cast):
    everyone = [*cast.northside.people(), *cast.riverbend.people(), cast.newcomer, cast.leaver]
    return {p.name for p in everyone if entry in Reflection.objects.visible_to(p)} - {
        entry.author.name
    }


def test_a_supervisor_reads_what_is_shared_with_them(cast):
    entry = make.shared_with_supervisor(cast)

    assert readers(entry, cast) == {cast.supervisor.name}


def test_a_communitys_members_read_what_is_shared_with_it(cast):
    entry = make.shared_with_circle(cast)

    assert readers(entry, cast) == {cast.coach.name}
    assert list(Reflection.objects.shared_with(entry.shares.get().community)) == [entry]


def test_sharing_twice_is_once(cast):
    entry = make.shared_with_supervisor(cast)

    entry.share_with(cast.supervisor, by=cast.facilitator)

    assert entry.shares.count() == 1
    assert Notice.objects.filter(kind="reflection.shared").count() == 1


def test_a_draft_is_not_shared(cast):
    draft = make.draft(cast.facilitator)

    with pytest.raises(ValidationError):
        draft.share_with(cast.supervisor, by=cast.facilitator)

    assert not Share.objects.exists()


@pytest.mark.parametrize("role", ["peer_partner", "admin", "facilitator"])
def test_a_colleague_who_neither_supervises_nor_coaches_is_no_reader(cast, role):
    entry = make.kept(cast.facilitator)

    with pytest.raises(ValidationError):
        entry.share_with(getattr(cast, role), by=cast.facilitator)


def test_a_community_of_others_is_no_reader(cast):
    entry = make.kept(cast.facilitator)
    theirs = communities.community(cast.northside.agency)
    communities.membership(cast.coach, theirs)

    with pytest.raises(ValidationError):
        entry.share_with(theirs, by=cast.facilitator)


def test_only_the_author_shares_and_withdraws(cast):
    entry = make.shared_with_supervisor(cast)

    with pytest.raises(PermissionDenied):
        entry.share_with(cast.coach, by=cast.supervisor)
    with pytest.raises(PermissionDenied):
        entry.withdraw_from(cast.supervisor, by=cast.admin)

    assert readers(entry, cast) == {cast.supervisor.name}


def test_withdrawing_closes_it_and_takes_back_what_was_not_sent(cast):
    entry = make.shared_with_supervisor(cast)

    entry.withdraw_from(cast.supervisor, by=cast.facilitator)
    entry.withdraw_from(cast.supervisor, by=cast.facilitator)

    assert readers(entry, cast) == set()
    assert list(Notice.objects.standing().filter(recipient=cast.supervisor)) == []
    assert list(Reflection.objects.awaiting_answer(cast.supervisor)) == []
    assert Entry.objects.filter(kind="reflection.withdrawn").count() == 1


def test_a_reader_whose_supervision_ended_reads_no_more(cast):
    entry = make.shared_with_supervisor(cast)

    Supervision.objects.filter(supervisor=cast.supervisor).update(until=timezone.now())

    assert readers(entry, cast) == set()


@pytest.mark.parametrize("who", ["coach", "facilitator"])
def test_a_membership_that_ended_closes_it_be_it_the_readers_or_the_authors(cast, who):
    entry = make.shared_with_circle(cast)

    Membership.objects.filter(person=getattr(cast, who)).update(until=timezone.now())

    assert readers(entry, cast) == set()


def test_a_member_who_works_for_no_agency_of_the_community_reads_no_more(cast):
    entry = make.shared_with_circle(cast)

    cast.coach.positions.update(until=timezone.now())

    assert readers(entry, cast) == set()


def test_leaving_a_community_takes_the_authors_entries_along(cast):
    entry = make.shared_with_circle(cast)
    membership = Membership.objects.get(person=cast.facilitator)

    membership.end(by=cast.coach)

    assert not entry.shares.exists()


def test_a_departure_closes_what_leant_on_it(cast):
    entry = make.shared_with_supervisor(cast)

    lines = departure(cast.supervisor, cast)

    assert not entry.shares.exists()
    assert lines == ["1 reflection is read by its author only again"]


def test_a_departure_leaves_alone_what_leans_on_another_agency(cast):
    people.supervision(cast.supervisor, cast.facilitator, cast.riverbend.agency)
    entry = make.shared_with_supervisor(cast)

    assert departure(cast.supervisor, cast) == []
    assert entry.shares.count() == 1


def test_nobody_inherits_an_entry_and_its_author_is_asked(cast):
    entry = make.shared_with_supervisor(cast)

    lines = list(
        tell_whoever_waits(
            cast.supervisor, cast.coach, cast.northside.agency, cast.admin, timezone.now()
        )
    )

    assert len(lines) == 1
    assert readers(entry, cast) == {cast.supervisor.name}
    told = Notice.objects.get(kind="reflection.reader_left")
    assert told.recipient == cast.facilitator


def test_a_share_has_one_reader(cast):
    entry, circle = make.kept(cast.facilitator), communities.circle(cast)

    entry.shares.create(person=cast.supervisor)
    entry.shares.create(community=circle)

    for wrong in ({}, {"person": cast.coach, "community": circle}):
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.shares.create(**wrong)


@pytest.mark.parametrize("field", ["person", "community"])
def test_a_reader_has_one_share_of_an_entry(cast, field):
    entry, circle = make.kept(cast.facilitator), communities.circle(cast)
    reader = {"person": cast.supervisor, "community": circle}[field]
    entry.shares.create(**{field: reader})
    make.kept(cast.facilitator).shares.create(**{field: reader})

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.shares.create(**{field: reader})


def test_openings_are_noted_once_a_reading_and_never_the_authors(cast):
    entry = make.shared_with_supervisor(cast)
    now = timezone.now()

    entry.open_by(cast.facilitator, at=now)
    for minutes in (0, 5, 70):
        entry.open_by(cast.supervisor, at=now + timedelta(minutes=minutes))

    openings = [(o.reader, o.at - now) for o in entry.openings.order_by("at")]
    assert openings == [
        (cast.supervisor, timedelta(0)),
        (cast.supervisor, timedelta(minutes=70)),
    ]


def departure(person, cast):
    return list(withdraw_from_people(person, cast.northside.agency, cast.admin, timezone.now()))
