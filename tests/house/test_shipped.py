"""What migrations fill in is there for every test, also after one that commits."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from fidelity.models import Instrument
from portal.people.models import User
from portal.practice.models import Phase, Principle
from tests import make


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_test_that_commits_finds_what_is_shipped(turn):
    assert Principle.objects.count() == 10
    ContentType.objects.get_for_model(Principle)
    call_command("check", verbosity=0)
    assert not Principle.objects.filter(name="Changed").exists()
    assert Phase.objects.count() == 4
    assert Instrument.objects.exists()
    assert not User.objects.exists()
    # What this one does to them all, the next finds undone.
    Principle.objects.update(name="Changed")
    Phase.objects.all().delete()
    Principle.objects.create(slug=f"turn-{turn}", name="One more", place=11)
    make.person()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_ids_go_on_from_where_they_stood(turn):
    added = Principle.objects.create(slug="added", name="Added", place=11)

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM shipped.practice_principle")
        assert cursor.fetchone() == (added.pk - 1,)
