"""Invitations: one link, for one address, for two weeks, until it is used or taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from portal.agencies.models import Invitation, Position, Supervision
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.people.models import Letter, User
from tests import make
from tests.portal.agencies.make import invited, token_in


@pytest.fixture
def agency(cast):
    return cast.northside.agency


def test_inviting_writes_a_letter_with_a_link(cast, agency):
    invitation, token = invited(agency, by=cast.admin)

    assert Invitation.objects.of_token(token) == invitation
    assert list(Letter.objects.waiting().values_list("to", flat=True)) == [invitation.email]
    assert Entry.objects.filter(kind="invitation.sent", actor_id=cast.admin.pk).count() == 1


def test_the_token_is_not_in_the_database(agency):
    invitation, token = invited(agency)

    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())
    assert token not in str(Letter.objects.values())


def test_inviting_twice_to_a_role_sends_again_and_ends_the_earlier_link(cast, agency):
    first, old = invited(agency, email="Mara@Example.org")
    again, new = invited(agency, email="mara@example.org")

    assert again == first
    assert Invitation.objects.of_token(old) is None
    assert Invitation.objects.of_token(new) == first


def test_accepting_begins_the_position_and_the_supervision(cast, agency):
    invitation, _ = invited(agency, by=cast.admin, supervisor=cast.supervisor)
    person = make.person(email=invitation.email)

    acceptance = invitation.accept(person)

    assert (acceptance.person, acceptance.invitation) == (person, invitation)
    assert person.positions.get().role == "facilitator"
    assert Supervision.objects.get(supervisee=person).supervisor == cast.supervisor
    assert set(Notice.objects.values_list("kind", "recipient")) == {
        ("supervision.begun", cast.supervisor.pk),
        ("supervision.begun", person.pk),
        ("invitation.accepted", cast.admin.pk),
    }


def test_accepting_twice_gives_one_position(agency):
    invitation, _ = invited(agency)
    person = make.person(email=invitation.email)
    invitation.accept(person)

    assert invitation.accept(person) is None
    assert person.positions.count() == 1


def test_a_supervisor_who_left_meanwhile_does_not_supervise(cast, agency):
    invitation, _ = invited(agency, supervisor=cast.leaver)
    person = make.person(email=invitation.email)
    invitation.accept(person)

    assert not Supervision.objects.filter(supervisee=person).exists()


def test_a_stand_ins_position_ends_when_the_roster_said(agency):
    end = timezone.now() + timedelta(days=30)
    invitation, _ = invited(agency)
    invitation.until = end
    invitation.save()
    person = make.person(email=invitation.email)
    invitation.accept(person)

    assert person.positions.get().until == end


@pytest.mark.parametrize("state", ["revoked", "expired"])
def test_a_revoked_or_expired_invitation_is_not_accepted(cast, agency, state):
    invitation, _ = invited(agency)
    if state == "revoked":
        invitation.revoke(by=cast.admin)
    else:
        later = timezone.now() + timedelta(days=15)
        assert invitation.has_expired(later)
        assert invitation.accept(make.person(), at=later) is None
        return

    assert invitation.accept(make.person()) is None
    assert Position.objects.filter(person__email=invitation.email).count() == 0


def test_revoking_twice_is_recorded_once(cast, agency):
    invitation, _ = invited(agency)
    invitation.revoke(by=cast.admin)
    invitation.revoke(by=cast.admin)

    assert Entry.objects.filter(kind="invitation.revoked").count() == 1


def test_resending_a_settled_invitation_changes_nothing(cast, agency):
    invitation, token = invited(agency)
    invitation.revoke(by=cast.admin)
    invitation.resend(by=cast.admin)

    assert Letter.objects.count() == 1
    assert Invitation.objects.of_token(token) == invitation


def test_letters_of_a_roster_are_written_outside_the_page(cast, agency, django_assert_num_queries):
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            agency=agency,
            email=f"p{n}@example.org",
            name="P",
            role="coach",
            created_at=now,
            expires_at=now + timedelta(days=14),
        )
        for n in range(30)
    )
    with django_assert_num_queries(5):  # a savepoint, and three for all thirty
        assert Invitation.objects.write_waiting_letters() == 30

    assert Invitation.objects.write_waiting_letters() == 0
    first = Invitation.objects.order_by("pk").first()
    assert Invitation.objects.of_token(token_in(first.letter)) == first


def row(agency, **fields):
    now = timezone.now()
    return Invitation(
        **{
            "agency": agency,
            "email": "mara@example.org",
            "name": "Mara",
            "role": "coach",
            "created_at": now,
            "expires_at": now + timedelta(days=1),
        }
        | fields
    )


@pytest.mark.parametrize(
    ("fields", "constraint", "words"),
    [
        ({"email": "Mara@example.org"}, "email_lowercase", "in small letters"),
        ({"role": "learner"}, "invitation_role", "Choose one of the roles"),
        (
            {"expires_at": timezone.now() - timedelta(days=9)},
            "expires_after_start",
            "until after today",
        ),
    ],
)
def test_the_database_refuses_what_must_not_be_and_has_words(agency, fields, constraint, words):
    with pytest.raises(ValidationError, match=words):
        row(agency, **fields).validate_constraints()
    with pytest.raises(IntegrityError, match=constraint):
        row(agency, **fields).save()


def test_one_open_invitation_a_role(agency):
    row(agency).save()
    with pytest.raises(ValidationError, match="invited to this role already"):
        row(agency).validate_constraints()
    with pytest.raises(IntegrityError, match="one_open"):
        row(agency).save()


def test_a_settled_one_makes_room_for_the_next(agency):
    row(agency, settled_at=timezone.now()).save()
    row(agency).save()
    row(agency, role="supervisor").save()

    assert Invitation.objects.standing().count() == 2


def test_who_left_may_be_invited_back(cast, agency):
    agency.departs(cast.facilitator, by=cast.admin)
    invitation, _ = invited(agency, email=cast.facilitator.email)
    invitation.accept(User.objects.get(pk=cast.facilitator.pk))

    assert User.objects.get(pk=cast.facilitator.pk).is_active


def test_operations_reasons_to_keep_someone_out_stand(cast, agency):
    cast.facilitator.is_active = False
    cast.facilitator.save()
    invitation, _ = invited(agency, email=cast.facilitator.email, role="coach")
    invitation.accept(cast.facilitator)

    assert not User.objects.get(pk=cast.facilitator.pk).is_active
