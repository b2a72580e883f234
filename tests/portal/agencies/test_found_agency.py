"""A new agency, and the invitation of its first admin."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.agencies.models import Agency, Invitation
from portal.audit.models import Entry
from portal.people.models import Letter, User
from tests import make
from tests.portal.agencies.make import words_of

pytestmark = pytest.mark.django_db
GOOD = {"zone": "America/New_York", "admin": "edith@northside.example"}


def found(name="Northside Family Partners", **options):
    said = StringIO()
    call_command("found_agency", name, stdout=said, **GOOD | options)
    return said.getvalue()


def test_its_first_admin_comes_in_by_the_link_in_the_mail(client):
    said = found(name="  Northside  Family Partners ", admin_name="Edith Moreau")
    link = next(w for w in words_of(Letter.objects.get()).split() if "/invitation/" in w)
    assert "edith@northside.example" in said
    assert link not in said

    given = {"name": "Edith Moreau", "password": "three brown birds sing"}
    answer = client.post(link, given, follow=True)

    edith = User.objects.get(email="edith@northside.example")
    agency = Agency.objects.get(name="Northside Family Partners")
    assert answer.status_code == 200
    assert [(p.agency, p.role) for p in edith.positions.current()] == [(agency, "admin")]
    assert client.get(f"/agencies/{agency.pk}/people/").status_code == 200
    assert Entry.objects.filter(kind="agency.founded", agency_id=agency.pk).count() == 1


def test_the_link_is_shown_where_it_is_asked_for_or_in_development(settings, client):
    shown = found(show_link=True).split()[-1]
    assert client.get(shown).status_code == 200

    settings.DEBUG = True
    assert "/agencies/invitation/" in found(name="Riverbend")


def test_without_a_name_the_address_lends_one():
    found()
    assert Invitation.objects.get().name == "edith"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"zone": "America/New York"}, "Did you mean America/New_York"),
        ({"zone": "Mars/Olympus"}, "No time zone is called Mars/Olympus"),
        ({"zone": ""}, "No time zone is called nothing"),
        ({"admin": "edith"}, "edith is no email address"),
        ({"admin": "a@b"}, "a@b is no email address"),
        ({"name": "northside"}, "There is an agency called northside already"),
        ({"name": "  "}, "Give the agency a name."),
        ({"name": "N" * 121}, "at most 120 characters"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_stays(wrong, words):
    make.agency("Northside")
    with pytest.raises(CommandError, match=words):
        found(**wrong)

    assert [a.name for a in Agency.objects.all()] == ["Northside"]
    assert not Invitation.objects.exists()
    assert not Letter.objects.exists()


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(CommandError) as told:
        found(zone="Nowhere", admin="nobody")

    assert len(str(told.value).splitlines()) == 2
