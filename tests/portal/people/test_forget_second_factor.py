"""Who lost phone and codes comes in again, with the password and nothing else."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.audit.models import Entry
from portal.people.tasks import sweep_letters
from tests.portal.people.make import sign_in, signed_in, with_password


def forget(email):
    said = StringIO()
    call_command("forget_second_factor", email, stdout=said)
    return said.getvalue()


def test_they_sign_in_with_the_password_and_are_told(client, cast):
    amara = with_password(cast.facilitator)
    TOTP.activate(amara, generate_totp_secret())
    TOTP.activate(cast.coach, generate_totp_secret())
    lost = signed_in(amara)
    forget("Amara@example.org")

    assert lost.get("/people/profile/").status_code == 302
    assert sign_in(client, amara.email).url == "/"
    assert [a.user for a in Authenticator.objects.all()] == [cast.coach]
    assert Entry.objects.filter(kind="person.second_factor_forgotten").count() == 1
    sweep_letters()
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["amara@example.org"], "Your second factor was removed")
    ]


def test_who_has_none_stays_signed_in(cast):
    phone = signed_in(cast.coach)

    assert "nothing to forget" in forget(cast.coach.email)
    assert phone.get("/people/profile/").status_code == 200


def test_an_unknown_address_is_told(db):
    with pytest.raises(CommandError, match="Nobody here signs in as nobody@"):
        forget("nobody@example.org")
