"""What migrations fill in is there for every test, also after one that commits."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from portal.practice.models import Principle


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_test_that_commits_finds_what_is_shipped(turn):
    assert Principle.objects.count() == 10
    ContentType.objects.get_for_model(Principle)
    call_command("check", verbosity=0)
