"""The demo agency: loaded once, into an empty database, with a sign-in a role."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone

from communities.models import Session
from fidelity.models import Review
from portal.agencies.models import Agency, Position, Role
from portal.home.demo import people
from portal.notices.models import Notice
from reflections.models import Reflection


def demo(*words: str) -> str:
    out = StringIO()
    call_command("demo", *words, stdout=out)
    return out.getvalue()


def test_an_empty_database_gets_an_agency_at_work(db, settings, monkeypatch, client):
    settings.DEBUG = True
    monkeypatch.setattr("portal.home.demo.reviews.CODES", people.__file__ + ".none")

    said = demo()

    now = timezone.now()
    assert people.AGENCY in said
    assert "are not here" in said
    assert Session.objects.filter(starts_at__gt=now).exists()
    assert Session.objects.filter(ends_at__lt=now).exists()
    assert Review.objects.exclude(submitted_at=None).count() > 20
    assert Review.objects.due_by(now.date()).count() == 2
    assert Reflection.objects.kept().count() > 50
    assert Reflection.objects.drafts().count() == 1
    assert EmailAddress.objects.filter(verified=True).count() == len(people.PEOPLE)

    # Nobody is told today of what the demo says happened last month.
    old = Notice.objects.filter(due_at__lt=now - timedelta(days=4))
    assert old.exists()
    assert not old.filter(withdrawn_at=None).exists()

    # Every role has a sign-in that works.
    lines = [line.split() for line in demo("--sign-ins").splitlines()]
    assert len(lines) == len(Role.values)
    for words in lines:
        assert client.login(email=words[-2], password=words[-1])

    # A second time changes nothing.
    before = Position.objects.count(), Review.objects.count()
    assert "left out" in demo()
    assert (Position.objects.count(), Review.objects.count()) == before


def test_it_is_not_loaded_where_debug_is_off(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="known to everyone"):
        demo()
    assert not Agency.objects.exists()
