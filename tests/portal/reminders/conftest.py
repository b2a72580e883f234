import pytest

from portal.notices import kinds as notice_kinds
from portal.reminders import kinds as reminder_kinds
from tests.portal.reminders.make import Reflections, TimeToReflect


@pytest.fixture(autouse=True)
def _example_kinds(monkeypatch):
    monkeypatch.setitem(notice_kinds.kinds, TimeToReflect.kind, TimeToReflect)
    monkeypatch.setitem(reminder_kinds.kinds, Reflections.kind, Reflections)
    monkeypatch.setattr(Reflections, "called_off", set())
