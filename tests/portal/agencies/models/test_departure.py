"""Someone leaves: everything ends in one act, or is handed over; someone who works elsewhere too
keeps that."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from portal.agencies import departures as registry
from portal.agencies.models import Departure, Position, Supervision
from portal.agencies.notices import PositionBegun
from portal.agencies.tasks import carry_out_departures
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.people.models import FeedToken, User
from tests import make
from tests.portal.agencies.make import invited


@pytest.fixture
def agency(cast):
    return cast.northside.agency


@pytest.fixture
def second_supervisor(agency):
    person = make.person("Nia Brandt")
    make.position(person, agency, "supervisor")
    return person


def again(person):
    return User.objects.get(pk=person.pk)


def test_positions_and_supervision_end(cast, agency):
    agency.departs(cast.supervisor, by=cast.admin)

    assert not cast.supervisor.positions.current().exists()
    assert not Supervision.objects.current().filter(supervisor=cast.supervisor).exists()
    assert Supervision.objects.current().filter(supervisor=cast.coach).count() == 2


def test_signed_in_devices_end_at_once(cast, agency, client):
    client.force_login(cast.supervisor)
    assert client.get("/people/profile/").status_code == 200

    agency.departs(cast.supervisor, by=cast.admin)

    assert client.get("/people/profile/").status_code == 302
    assert not again(cast.supervisor).is_active


def test_feed_addresses_end(cast, agency):
    token = FeedToken.issue(cast.supervisor)
    agency.departs(cast.supervisor, by=cast.admin)

    assert FeedToken.objects.person_of(token) is None
    assert not FeedToken.objects.standing().exists()


def test_queued_notices_are_taken_back(cast, agency):
    later = timezone.now() + timedelta(days=1)
    PositionBegun.tell(
        [cast.supervisor, cast.coach], about=cast.coach.positions.get(), due_at=later
    )
    agency.departs(cast.supervisor, by=cast.admin)

    assert [n.recipient for n in Notice.objects.standing()] == [cast.coach]


def test_invitations_by_and_for_them_end(cast, agency):
    invited(agency, by=cast.supervisor)
    invited(agency, by=cast.admin, email=cast.supervisor.email, role="coach")
    kept, _ = invited(agency, by=cast.admin)
    agency.departs(cast.supervisor, by=cast.admin)

    assert list(agency.invitations.standing()) == [kept]


def test_a_whole_caseload_goes_to_one_successor(cast, agency, second_supervisor):
    invited(agency, supervisor=cast.supervisor)
    agency.departs(cast.supervisor, by=cast.admin, hand_over_to=second_supervisor)

    theirs = Supervision.objects.current().filter(supervisor=second_supervisor)
    assert {relation.supervisee for relation in theirs} == {cast.facilitator, cast.peer_partner}
    assert agency.invitations.standing().get().supervisor == second_supervisor
    assert Notice.objects.filter(kind="departure.handed_over").get().recipient == second_supervisor


def test_a_successor_does_not_come_to_supervise_themselves(cast, agency):
    agency.departs(cast.supervisor, by=cast.admin, hand_over_to=cast.facilitator)

    theirs = Supervision.objects.current().filter(supervisor=cast.facilitator)
    assert [relation.supervisee for relation in theirs] == [cast.peer_partner]


def test_someone_in_two_agencies_keeps_the_other(cast, agency, client):
    riverbend = cast.riverbend.agency
    make.position(cast.supervisor, riverbend, "supervisor")
    make.supervision(cast.supervisor, cast.riverbend.facilitator, riverbend)
    token = FeedToken.issue(cast.supervisor)
    client.force_login(cast.supervisor)

    agency.departs(cast.supervisor, by=cast.admin)

    assert [p.agency for p in cast.supervisor.positions.current()] == [riverbend]
    assert Supervision.objects.current().get(supervisor=cast.supervisor).agency == riverbend
    assert FeedToken.objects.person_of(token) == cast.supervisor
    assert client.get("/people/profile/").status_code == 200


def test_notices_of_the_agency_left_are_taken_back_and_the_others_kept(cast, agency):
    there = make.position(cast.supervisor, cast.riverbend.agency, "supervisor")
    here = cast.supervisor.positions.get(agency=agency)
    PositionBegun.tell([cast.supervisor], about=here)
    PositionBegun.tell([cast.supervisor], about=there)
    agency.departs(cast.supervisor, by=cast.admin)

    assert [n.subject_id for n in Notice.objects.standing()] == [there.pk]


def test_what_other_rooms_registered_runs_in_the_same_act(cast, agency, monkeypatch):
    asked = []
    monkeypatch.setattr(registry, "departures", [lambda *given: asked.append(given) or ["a"]])
    monkeypatch.setattr(registry, "hand_overs", [lambda *given: asked.append(given) or ["b"]])
    at = timezone.now()
    agency.departs(cast.coach, by=cast.admin, hand_over_to=cast.supervisor, at=at)

    assert asked == [
        (cast.coach, cast.supervisor, agency, cast.admin, at),
        (cast.coach, agency, cast.admin, at),
    ]


def test_nothing_ends_when_one_part_fails(cast, agency, monkeypatch):
    def fail(*given):
        raise RuntimeError

    monkeypatch.setattr(registry, "departures", [fail])
    with pytest.raises(RuntimeError):
        agency.departs(cast.coach, by=cast.admin, hand_over_to=cast.supervisor)

    assert cast.coach.positions.current().count() == 1
    assert Supervision.objects.current().filter(supervisor=cast.coach).count() == 2
    assert (Departure.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_rehearsal_tells_all_and_changes_nothing(cast, agency, second_supervisor):
    FeedToken.issue(cast.supervisor)
    outcome = agency.departures.rehearse(
        agency, cast.supervisor, by=cast.admin, hand_over_to=second_supervisor
    )

    assert outcome.handed_over == [
        "Supervision of Amara Okafor",
        "Supervision of Benito Reyes",
    ]
    assert outcome.ended == [
        "Carol Lindqvist supervises Amara Okafor",
        "Carol Lindqvist supervises Benito Reyes",
        "Role: supervisor",
        "Signing in to Trellis: they work at no other agency here",
        "Calendar addresses: 1",
    ]
    assert again(cast.supervisor).is_active
    assert cast.supervisor.positions.current().count() == 1
    assert (Departure.objects.count(), Entry.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_a_later_day_is_carried_out_when_it_comes(cast, agency):
    soon = timezone.now() + timedelta(days=7)
    departure = agency.departs(cast.coach, by=cast.admin, at=soon)
    carry_out_departures()
    assert cast.coach.positions.current().exists()

    Departure.objects.update(at=timezone.now() - timedelta(minutes=5))
    carry_out_departures()
    carry_out_departures()

    departure.refresh_from_db()
    assert cast.coach.positions.get().until == departure.at
    assert Entry.objects.filter(kind="departure.carried_out").count() == 1


def test_planning_twice_changes_the_plan(cast, agency):
    first = agency.departs(cast.coach, by=cast.admin, at=timezone.now() + timedelta(days=7))
    second = agency.departs(cast.coach, by=cast.admin, at=timezone.now() + timedelta(days=9))

    assert (first.pk, Departure.objects.count()) == (second.pk, 1)


def test_a_planned_departure_is_called_off(cast, agency):
    departure = agency.departs(cast.coach, by=cast.admin, at=timezone.now() + timedelta(days=7))
    departure.call_off(by=cast.admin)

    assert not Departure.objects.exists()


def test_welcome_back_gives_access_and_a_position_again(cast, agency):
    agency.departs(cast.coach, by=cast.admin)
    coach = again(cast.coach)
    agency.welcomes_back(coach, "coach", by=cast.admin)

    assert again(coach).is_active
    assert coach.positions.current().get().role == "coach"
    assert not Supervision.objects.current().filter(supervisor=coach).exists()
    assert Departure.objects.get().carried_out_at is not None


def test_the_last_admin_cannot_leave(cast, agency):
    with pytest.raises(ValidationError, match="Make someone else an admin first"):
        agency.departs(cast.admin, by=cast.admin)
    make.position(cast.coach, agency, "admin")
    agency.departs(cast.admin, by=cast.admin)

    assert not Position.objects.current().filter(person=cast.admin).exists()


def test_a_successor_works_at_the_agency(cast, agency):
    with pytest.raises(ValidationError, match="who works at the agency"):
        agency.departs(cast.coach, by=cast.admin, hand_over_to=cast.riverbend.coach)


def row(cast, **fields):
    at = timezone.now()
    given = {"agency": cast.northside.agency, "person": cast.coach, "by": cast.admin, "at": at}
    return Departure(**given | fields)


def test_nobody_hands_over_to_themselves(cast):
    with pytest.raises(ValidationError, match="Choose someone who stays"):
        row(cast, hand_over_to=cast.coach).validate_constraints()
    with pytest.raises(IntegrityError, match="not_to_self"):
        row(cast, hand_over_to=cast.coach).save()


def test_one_planned_departure_a_person_and_agency(cast):
    row(cast).save()
    with pytest.raises(ValidationError, match="planned already"):
        row(cast).validate_constraints()
    with pytest.raises(IntegrityError, match="one_planned"):
        row(cast).save()


def test_a_departure_is_not_carried_out_before_its_day(cast):
    early = timezone.now() - timedelta(days=1)
    with pytest.raises(ValidationError, match="not before"):
        row(cast, carried_out_at=early).validate_constraints()
    with pytest.raises(IntegrityError, match="not_before_its_day"):
        row(cast, carried_out_at=early).save()
