"""Admins invite, send again and revoke; a mail server that is away breaks no page."""

import pytest
from django.core.mail import EmailMultiAlternatives

from portal.agencies.models import Invitation
from portal.people.models import Letter
from portal.people.tasks import deliver_letter
from tests.portal.agencies.make import invited
from tests.portal.agencies.queries import MOST, asked_by

GIVEN = {"email": "Mara@Example.org", "name": "Mara Lindgren", "role": "facilitator"}


@pytest.fixture
def agency(cast):
    return cast.northside.agency


@pytest.fixture
def url(agency):
    return f"/agencies/{agency.pk}/invitations/"


def test_an_admin_invites(as_admin, cast, url):
    answer = as_admin.post(f"{url}new/", GIVEN | {"supervisor": cast.supervisor.pk})
    invitation = Invitation.objects.get()

    assert (answer.status_code, answer.url) == (302, url)
    assert (invitation.email, invitation.supervisor, invitation.invited_by) == (
        "mara@example.org",
        cast.supervisor,
        cast.admin,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "amara@example.org"}, "email"),  # works here in this role
        ({"email": "not an address"}, "email"),
        ({"name": ""}, "name"),
        ({"role": "learner"}, "role"),
        ({"supervisor": "999999"}, "supervisor"),
    ],
)
def test_what_cannot_be_is_refused_with_words(as_admin, url, given, field):
    answer = as_admin.post(f"{url}new/", GIVEN | given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Invitation.objects.exists()


def test_a_mail_server_that_is_away_shows_and_loses_nothing(as_admin, url, monkeypatch):
    def away(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMultiAlternatives, "send", away)
    as_admin.post(f"{url}new/", GIVEN)
    deliver_letter(Letter.objects.get().pk)

    assert "We try again" in as_admin.get(url).content.decode()
    assert Letter.objects.waiting().exists()


def test_the_list_says_how_far_the_email_got(as_admin, url):
    as_admin.post(f"{url}new/", GIVEN)
    assert "on its way" in as_admin.get(url).content.decode()

    deliver_letter(Letter.objects.get().pk)
    assert "not opened yet" in as_admin.get(url).content.decode()


def test_the_list_asks_the_same_queries_however_long(as_admin, agency, url):
    invited(agency)
    with_one = asked_by(as_admin, url)
    for _ in range(30):
        invited(agency)

    assert asked_by(as_admin, url) == with_one <= MOST


def test_sending_again_and_revoking(as_admin, agency, url):
    invitation, token = invited(agency)
    as_admin.post(f"/agencies/invitations/{invitation.pk}/again/")
    assert Invitation.objects.of_token(token) is None

    as_admin.post(f"/agencies/invitations/{invitation.pk}/revoke/")
    assert list(agency.invitations.standing()) == []


def test_another_agencys_admin_cannot_revoke(as_stranger, agency):
    invitation, _ = invited(agency)

    assert as_stranger.post(f"/agencies/invitations/{invitation.pk}/revoke/").status_code == 404
    assert agency.invitations.standing().exists()


def test_inviting_without_end_is_slowed_down(as_admin, url):
    statuses = [
        as_admin.post(f"{url}new/", GIVEN | {"email": f"m{n}@example.org"}).status_code
        for n in range(61)
    ]

    assert statuses == [302] * 60 + [429]
