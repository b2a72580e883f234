"""The registry of those who have a say when someone leaves."""

import pytest
from django.utils import timezone

from portal.agencies import departures


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(departures, "departures", [])
    monkeypatch.setattr(departures, "hand_overs", [])


def test_each_registered_app_says_what_it_ended(registry):
    departures.on_departure(lambda person, agency, by, at: [f"{person} left {agency}"])
    departures.on_departure(lambda person, agency, by, at: None)

    assert departures.end_all("A", "B", None, timezone.now()) == ["A left B"]


def test_each_registered_app_says_what_it_handed_over(registry):
    departures.on_hand_over(lambda leaver, successor, agency, by, at: [f"{leaver} to {successor}"])

    assert departures.hand_over_all("A", "C", "B", None, timezone.now()) == ["A to C"]


def test_registering_twice_asks_once(registry):
    def act(person, agency, by, at):
        return ["once"]

    departures.on_departure(departures.on_departure(act))

    assert departures.end_all("A", "B", None, timezone.now()) == ["once"]
