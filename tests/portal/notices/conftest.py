import pytest

from portal.notices import kinds
from tests.portal.notices.make import TimeToReflect


@pytest.fixture(autouse=True)
def _example_kind(monkeypatch):
    monkeypatch.setitem(kinds.kinds, TimeToReflect.kind, TimeToReflect)
