"""An answer is read by the two, and by whom its author lets read it as long as they do."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import Membership
from portal.agencies.models import Supervision
from portal.notices.kinds import kinds
from portal.notices.models import Notice
from reflections.departures import withdraw_from_people
from reflections.models import Response, ThreadShare
from tests import make as people
from tests.communities import make as communities
from tests.reflections import make


@pytest.fixture
def entry(cast):
    """Open to the supervisor, who answered, and to a community: the coach's, and a peer's."""
    entry = make.shared_with_supervisor(cast)
    circle = communities.circle(cast)
    communities.membership(cast.peer_partner, circle)
    entry.share_with(circle, by=cast.facilitator)
    entry.respond(by=cast.supervisor, text="And then?")
    return entry


def show(entry, cast, **more):
    circle = entry.shares.get(person=None)
    asked = {"by": cast.facilitator} | more
    return ThreadShare.objects.show(entry, cast.supervisor, circle, **asked)


def readers(entry, cast):
    people = [*cast.northside.people(), *cast.riverbend.people(), cast.newcomer, cast.leaver]
    return {p.name for p in people if Response.objects.visible_to(p).exists()} - {
        cast.facilitator.name, cast.supervisor.name
    }  # fmt: skip


def test_the_readers_whom_the_author_names_read_it_and_nobody_else(entry, cast):
    assert readers(entry, cast) == set()

    show(entry, cast)

    assert readers(entry, cast) == {cast.coach.name, cast.peer_partner.name}


def test_it_can_be_shared_with_one_reader_alone(entry, cast):
    entry.share_with(cast.coach, by=cast.facilitator)
    one = entry.shares.get(person=cast.coach)

    ThreadShare.objects.show(entry, cast.supervisor, one, by=cast.facilitator)

    assert readers(entry, cast) == {cast.coach.name}


def test_whoever_answered_is_told_once(entry, cast):
    shown = show(entry, cast)
    assert show(entry, cast) == shown

    notice = Notice.objects.get(kind="reflection.thread_shown")
    assert notice.recipient == cast.supervisor
    assert kinds[notice.kind].still_holds(notice, shown)


def test_taking_it_back_closes_it_and_the_mail_stays_here(entry, cast):
    shown = show(entry, cast)

    ThreadShare.objects.get().withdraw(by=cast.facilitator)
    shown.withdraw(by=cast.facilitator)

    assert readers(entry, cast) == set()
    assert not Notice.objects.standing().filter(kind="reflection.thread_shown").exists()
    assert Response.objects.visible_to(cast.supervisor).count() == 1


def test_it_ends_with_the_share_that_it_leans_on(entry, cast):
    show(entry, cast)

    entry.withdraw_from(entry.shares.get(person=None).community, by=cast.facilitator)

    assert not ThreadShare.objects.exists()
    assert readers(entry, cast) == set()


@pytest.mark.parametrize("who", ["facilitator", "coach"])
def test_an_ended_membership_closes_it_be_it_the_readers_or_the_authors(entry, cast, who):
    show(entry, cast)

    Membership.objects.filter(person=getattr(cast, who)).update(until=timezone.now())

    left = {"facilitator": set(), "coach": {cast.peer_partner.name}}[who]
    assert readers(entry, cast) == left


def test_an_ended_supervision_closes_the_thread_to_who_answered(entry, cast):
    show(entry, cast)

    Supervision.objects.filter(supervisor=cast.supervisor).update(until=timezone.now())

    assert not Response.objects.visible_to(cast.supervisor).exists()


def test_who_leaves_the_agency_reads_no_thread_and_shows_none(entry, cast):
    entry.share_with(cast.coach, by=cast.facilitator)
    one = entry.shares.get(person=cast.coach)
    ThreadShare.objects.show(entry, cast.supervisor, one, by=cast.facilitator)

    list(withdraw_from_people(cast.coach, cast.northside.agency, cast.admin, timezone.now()))

    assert not ThreadShare.objects.exists()
    assert readers(entry, cast) == set()


def test_an_author_who_leaves_a_community_takes_the_thread_along(entry, cast):
    show(entry, cast)

    Membership.objects.get(person=cast.facilitator).end(by=cast.coach)

    assert not ThreadShare.objects.exists()


def test_what_was_written_before_people_were_told_stays_between_the_two(entry, cast):
    entry.responses.update(shareable=False)

    show(entry, cast)

    assert readers(entry, cast) == set()


@pytest.mark.parametrize("who", ["supervisor", "coach", "admin"])
def test_only_the_author_shares_a_thread(entry, cast, who):
    with pytest.raises(PermissionDenied):
        show(entry, cast, by=getattr(cast, who))


def test_only_another_reader_of_the_entry_can_be_let_in(entry, cast):
    their_own = entry.shares.get(person=cast.supervisor)
    elsewhere = make.kept(cast.facilitator).share_with(cast.coach, by=cast.facilitator)

    for share in (their_own, elsewhere):
        with pytest.raises(ValidationError):
            ThreadShare.objects.show(entry, cast.supervisor, share, by=cast.facilitator)


def test_there_is_nothing_to_share_of_someone_who_has_not_answered(entry, cast):
    with pytest.raises(ValidationError):
        ThreadShare.objects.show(
            entry, cast.coach, entry.shares.get(person=cast.supervisor), by=cast.facilitator
        )


def test_a_thread_is_open_to_a_share_once(entry, cast):
    shown = show(entry, cast)
    other = people.person()
    ThreadShare.objects.create(reader=other, share=shown.share)

    twin = ThreadShare(reader=cast.supervisor, share=shown.share)
    with pytest.raises(ValidationError, match="already"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
