"""When a row was last written."""

import pytest
from django.db import transaction
from django.db.models import F, Value

from portal.people.models import User
from portal.row_versions import Version


def versions() -> dict[int, int]:
    return dict(User.objects.annotate(version=Version("pk")).values_list("pk", "version"))


def test_a_row_that_is_written_has_a_newer_version_and_others_keep_theirs(cast):
    before = versions()

    with transaction.atomic():
        User.objects.filter(pk=cast.coach.pk).update(name=F("name"))

    after = versions()
    assert after.pop(cast.coach.pk) > before.pop(cast.coach.pk)
    assert after == before


def test_only_a_column_has_a_version(db):
    with pytest.raises(TypeError, match="Only a column"):
        list(User.objects.annotate(version=Version(Value(1))))
