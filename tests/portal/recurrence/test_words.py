"""A rule as people say it."""

from datetime import datetime

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from portal.recurrence import Recurrence, describe, place


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "every other day"),
        ("FREQ=DAILY;INTERVAL=10", "every 10 days"),
        ("FREQ=WEEKLY", "every Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every other Friday"),
        ("FREQ=WEEKLY;INTERVAL=6;BYDAY=TH,MO", "every 6 weeks on Monday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=MONTHLY", "on day 2 of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "on day 1 and 15 of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month"),
        ("FREQ=MONTHLY;BYDAY=2TU", "on the second Tuesday of every month"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "on the second Tuesday of every month"),
        ("FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2", "on the last Friday of every other month"),
        ("FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=3", "on the last Friday of every 3 months"),
        ("FREQ=YEARLY", "every year on January 2"),
    ],
)
def test_common_rules_have_words(rule, words):
    recurrence = Recurrence(rule, datetime(2026, 1, 2, 15), "America/New_York")

    assert str(describe(recurrence)) == f"{words} at 3 p.m., New York time"


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;BYDAY=20MO", "FREQ=MONTHLY;BYDAY=MO,TU"])
def test_a_rule_without_words_is_shown_as_it_is(rule):
    recurrence = Recurrence(rule, datetime(2026, 1, 2, 9, 5), "Asia/Kolkata")

    assert str(describe(recurrence)) == f"by the rule {rule} at 9:05 a.m., Kolkata time"


def test_the_end_is_said():
    starts = datetime(2026, 1, 2, 20)
    counted = Recurrence("FREQ=DAILY;COUNT=1", starts, "America/New_York")
    # 03:00Z on the 5th is 22:00 on the 4th in New York
    until = Recurrence("FREQ=DAILY;UNTIL=20260105T030000Z", starts, "America/New_York")

    assert str(describe(counted)) == "every day at 8 p.m., New York time, 1 time"
    assert str(describe(until)) == "every day at 8 p.m., New York time, until Jan. 4, 2026"


def test_spanish_writes_days_small_within_a_sentence():
    recurrence = Recurrence("FREQ=WEEKLY;BYDAY=FR", datetime(2026, 1, 2, 15), "America/New_York")

    with override("es"):
        assert "viernes" in str(describe(recurrence))


def test_words_are_put_in_the_readers_language_when_read():
    recurrence = Recurrence("FREQ=DAILY", datetime(2026, 1, 2, 15), "UTC")

    assert isinstance(describe(recurrence), Promise)


def test_a_zone_has_a_place():
    assert place("America/Argentina/Buenos_Aires") == "Buenos Aires"
