"""When a recurrence comes due: published answers, and two expanders that are not ours."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.recurrence import NotARecurrence, Recurrence, wall_time

ZONES = [
    "America/New_York",
    "America/Phoenix",  # no daylight saving
    "America/St_Johns",  # half an hour off
    "Europe/Dublin",  # winter is the exception
    "Africa/Casablanca",  # daylight saving stops for Ramadan
    "Australia/Lord_Howe",  # moves by 30 minutes
    "Asia/Kolkata",
    "Pacific/Apia",  # had no 30 December 2011
    "UTC",
]
NEW_YORK = "America/New_York"
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def instants(recurrence: Recurrence, limit: int = 12) -> list[str]:
    found = recurrence.following(at("1969-01-01"), limit)
    return [occurrence.at.strftime("%Y-%m-%d %H:%M") for occurrence in found]


# --- published answers ------------------------------------------------------------------------


def test_a_time_in_the_gap_moves_by_the_gap():
    # time-and-reminders, "Time" 2: daily 02:30 over 2025-03-09 goes out at 07:30Z, not dropped.
    daily = Recurrence("FREQ=DAILY;COUNT=3", wall("2025-03-08 02:30"), NEW_YORK)

    assert instants(daily) == ["2025-03-08 07:30", "2025-03-09 07:30", "2025-03-10 06:30"]
    assert [o.shifted for o in daily.following(at("2025-03-01"), 3)] == [False, True, False]
    assert [o.wall.hour for o in daily.following(at("2025-03-01"), 3)] == [2, 2, 2]


def test_rfc_5545_reads_a_nonexistent_and_a_doubled_time_so():
    # RFC 5545, 3.3.5: TZID=America/New_York:20070311T023000 is 03:30 EDT (UTC-4);
    # 20071104T013000 is 01:30 EDT, the first of the two.
    once = "FREQ=DAILY;COUNT=1"

    assert instants(Recurrence(once, wall("2007-03-11 02:30"), NEW_YORK)) == ["2007-03-11 07:30"]
    assert instants(Recurrence(once, wall("2007-11-04 01:30"), NEW_YORK)) == ["2007-11-04 05:30"]


def test_a_doubled_time_comes_once():
    daily = Recurrence("FREQ=DAILY", wall("2025-11-01 01:30"), NEW_YORK)

    found = list(daily.between(at("2025-11-01"), at("2025-11-05")))

    assert [o.at.strftime("%d %H:%M") for o in found] == [
        "01 05:30",
        "02 05:30",
        "03 06:30",
        "04 06:30",
    ]


def test_lord_howe_moves_by_half_an_hour():
    # 2025-10-05 02:00 (+10:30) becomes 02:30 (+11): 02:15 is read as 02:45.
    daily = Recurrence("FREQ=DAILY;COUNT=3", wall("2025-10-04 02:15"), "Australia/Lord_Howe")

    assert instants(daily) == ["2025-10-03 15:45", "2025-10-04 15:45", "2025-10-05 15:15"]


def test_nobody_is_told_twice_for_the_day_that_apia_skipped():
    daily = Recurrence("FREQ=DAILY;COUNT=4", wall("2011-12-28 09:00"), "Pacific/Apia")

    assert instants(daily) == ["2011-12-28 19:00", "2011-12-29 19:00", "2011-12-30 19:00"]
    assert [o.wall.day for o in daily.following(at("2011-12-01"), 9)] == [28, 29, 31]


# RFC 5545, 3.8.5.3, with DTSTART;TZID=America/New_York:19970902T090000 unless another is given.
PUBLISHED = [
    ("FREQ=DAILY;COUNT=10", "1997-09-02", [f"1997-09-{d:02}" for d in range(2, 12)]),
    ("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02",
     ["1997-09-02", "1997-09-12", "1997-09-22", "1997-10-02", "1997-10-12"]),
    ("FREQ=WEEKLY;COUNT=4", "1997-09-02", ["1997-09-02", "1997-09-09", "1997-09-16", "1997-09-23"]),
    ("FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09-02",
     ["1997-09-02", "1997-09-04", "1997-09-09", "1997-09-11", "1997-09-16", "1997-09-18",
      "1997-09-23", "1997-09-25", "1997-09-30", "1997-10-02"]),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02",
     ["1997-09-02", "1997-09-04", "1997-09-16", "1997-09-18", "1997-09-30", "1997-10-02",
      "1997-10-14", "1997-10-16"]),
    ("FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05",
     ["1997-09-05", "1997-10-03", "1997-11-07", "1997-12-05"]),
    ("FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU", "1997-09-07",
     ["1997-09-07", "1997-09-28", "1997-11-02", "1997-11-30"]),
    ("FREQ=MONTHLY;COUNT=4;BYDAY=-2MO", "1997-09-22",
     ["1997-09-22", "1997-10-20", "1997-11-17", "1997-12-22"]),
    ("FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4", "1997-09-28",
     ["1997-09-28", "1997-10-29", "1997-11-28", "1997-12-29"]),
    ("FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "1997-09-30",
     ["1997-09-30", "1997-10-01", "1997-10-31", "1997-11-01"]),
    ("FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10",
     ["1997-06-10", "1997-07-10", "1998-06-10", "1998-07-10"]),
    ("FREQ=YEARLY;INTERVAL=3;COUNT=5;BYYEARDAY=1,100,200", "1997-01-01",
     ["1997-01-01", "1997-04-10", "1997-07-19", "2000-01-01", "2000-04-09"]),
    ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19", ["1997-05-19", "1998-05-18", "1999-05-17"]),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997-05-12",
     ["1997-05-12", "1998-05-11", "1999-05-17"]),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "1997-09-02",
     ["1998-02-13", "1998-03-13", "1998-11-13"]),
    ("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=3", "1997-09-13",
     ["1997-09-13", "1997-10-11", "1997-11-08"]),
    ("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "1996-11-05",
     ["1996-11-05", "2000-11-07", "2004-11-02"]),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04",
     ["1997-09-04", "1997-10-07", "1997-11-06"]),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05",
     ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05",
     ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]),
    ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15",
     ["2007-01-15", "2007-01-30", "2007-02-15", "2007-03-15", "2007-03-30"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "starts", "days"), PUBLISHED)
def test_rfc_5545s_own_examples(rule, starts, days):
    recurrence = Recurrence(rule, wall(f"{starts} 09:00"), NEW_YORK)

    found = recurrence.following(at("1995-01-01"), len(days) + 1)

    assert [occurrence.wall.strftime("%Y-%m-%d") for occurrence in found] == days


# --- expanders that are not ours --------------------------------------------------------------

walls = st.datetimes(datetime(2023, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
weekday = st.sampled_from(WEEKDAYS)
ends = st.one_of(
    st.just(""),
    st.integers(1, 60).map(lambda count: f";COUNT={count}"),
    st.datetimes(datetime(2028, 1, 1), datetime(2030, 1, 1)).map(
        lambda until: until.strftime(";UNTIL=%Y%m%dT%H%M%SZ")
    ),
)
rules = st.builds(
    lambda head, interval, end: f"{head};INTERVAL={interval}{end}",
    st.one_of(
        st.just("FREQ=DAILY"),
        st.lists(weekday, min_size=1, max_size=3, unique=True).map(
            lambda days: f"FREQ=WEEKLY;BYDAY={','.join(days)}"
        ),
        st.just("FREQ=WEEKLY"),
        st.builds(
            lambda nth, day: f"FREQ=MONTHLY;BYDAY={nth}{day}",
            st.sampled_from([1, 2, 3, 4, 5, -1, -2]),
            weekday,
        ),
        st.sampled_from([1, 15, 28, 29, 30, 31, -1]).map(
            lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}"
        ),
        st.just("FREQ=MONTHLY"),
        st.just("FREQ=YEARLY"),
        st.builds(lambda month, day: f"FREQ=YEARLY;BYMONTH={month};BYDAY=1{day}",
                  st.integers(1, 12), weekday),
    ),
    st.integers(1, 5),
    ends,
)  # fmt: skip


def recurrence_or_assume(rule: str, starts: datetime, zone: str) -> Recurrence:
    try:
        return Recurrence(rule, starts, zone)
    except NotARecurrence:
        assume(False)
        raise


@settings(max_examples=150, deadline=None)
@given(rule=rules, starts=walls, zone=st.sampled_from(ZONES), away=st.integers(0, 1500))
def test_a_foreign_expander_agrees(rule, starts, zone, away):
    """recurring-ical-events reads the same rule from a calendar file, as a feed's readers will.

    It always keeps DTSTART (as RFC 5545 has it), so the comparison starts from a first occurrence.
    """
    first = next(iter(recurrence_or_assume(rule, starts, zone).following(at("2000-01-01"), 1)))
    recurrence = Recurrence(rule, first.wall, zone)
    event = icalendar.Event()
    event.add("dtstart", first.wall.replace(tzinfo=ZoneInfo(zone)))
    event.add("rrule", icalendar.vRecur.from_ical(rule))
    event.add("uid", "one")
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    opens = first.at + timedelta(days=away)
    closes = opens + timedelta(days=400)

    theirs = {
        found["DTSTART"].dt.astimezone(UTC)
        for found in recurring_ical_events.of(calendar).between(opens, closes)
    }

    ours = [occurrence.at for occurrence in recurrence.between(opens, closes)]
    assert ours == sorted(moment for moment in theirs if opens <= moment < closes)


def by_the_calendar(weekdays: set[int], interval: int, starts: datetime, until: date) -> list[date]:
    """The days of a weekly rule, by walking the calendar: shares no code with dateutil."""
    monday = starts.date() - timedelta(days=starts.weekday())
    days = (starts.date() + timedelta(days=n) for n in range((until - starts.date()).days))
    return [
        day
        for day in days
        if day.weekday() in weekdays and ((day - monday).days // 7) % interval == 0
    ]


@settings(max_examples=150, deadline=None)
@given(
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    interval=st.integers(1, 6),
    starts=walls,
    zone=st.sampled_from(ZONES),
)
def test_weekly_rules_fall_on_the_days_of_the_calendar(weekdays, interval, starts, zone):
    names = ",".join(WEEKDAYS[day] for day in sorted(weekdays))
    recurrence = Recurrence(f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={names}", starts, zone)

    expected = by_the_calendar(weekdays, interval, starts, starts.date() + timedelta(days=200))

    found = recurrence.following(at("2000-01-01"), len(expected))
    assert [occurrence.wall.date() for occurrence in found] == expected
    assert {occurrence.wall.time() for occurrence in found} <= {starts.time()}


@settings(max_examples=100, deadline=None)
@given(rule=rules, starts=walls, zone=st.sampled_from(ZONES), cut=st.integers(0, 2000))
def test_windows_laid_end_to_end_neither_miss_nor_repeat(rule, starts, zone, cut):
    recurrence = recurrence_or_assume(rule, starts, zone)
    opens = starts.replace(tzinfo=UTC) - timedelta(days=2)
    middle, closes = opens + timedelta(hours=cut * 24), opens + timedelta(days=2400)

    whole = list(recurrence.between(opens, closes))

    halves = [*recurrence.between(opens, middle), *recurrence.between(middle, closes)]
    assert halves == whole
    for one, other in pairwise(whole):
        assert one.at < other.at
    for occurrence in islice(whole, 40):
        assert recurrence.following(occurrence.at - timedelta(seconds=1), 1) == [occurrence]


@pytest.mark.parametrize("zone", ZONES)
def test_an_hour_on_the_wall_stays_that_hour_across_the_years(zone):
    """The complaint "sessions move an hour or a day": weekly at every half hour, 2024 to 2026."""
    for half_hour in range(48):
        starts = datetime(2024, 1, 5, half_hour // 2, half_hour % 2 * 30)
        for found in Recurrence("FREQ=WEEKLY;COUNT=156", starts, zone).following(
            at("2023-01-01"), 156
        ):
            shown = wall_time(found.at, zone)
            assert (shown == found.wall) is not found.shifted
            assert shown.weekday() == 4


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "Write the rule"),
        ("every friday", "Write the rule"),
        ("FREQ=WEEKLY;FREQ=DAILY", "Write the rule"),
        ("FREQ=WEEKLY;BYEASTER=1", "Write the rule"),
        ("FREQ=FORTNIGHTLY", "Choose how often"),
        ("FREQ=SECONDLY", "once a day at most"),
        ("FREQ=HOURLY", "once a day at most"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "once a day at most"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=-1", "from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=99999999999999", "from 1 to 1000"),
        ("FREQ=DAILY;COUNT=٣", "from 1 to 1000"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20300101", "not both"),
        ("FREQ=DAILY;UNTIL=20300231", "in the calendar"),
        ("FREQ=DAILY;UNTIL=tomorrow", "in the calendar"),
        ("FREQ=WEEKLY;BYDAY=FRIDAY", "days of the week"),
        ("FREQ=WEEKLY;BYDAY=1FR", "monthly rule"),
        ("FREQ=MONTHLY;BYDAY=0FR", "monthly rule"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "monthly rule"),
        ("FREQ=DAILY;BYMONTHDAY=3", "monthly rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "in the calendar"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "in the calendar"),
        ("FREQ=MONTHLY;BYMONTHDAY=x", "by their number"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=1", "one of several days"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "weeks of the year"),
        ("FREQ=MONTHLY;BYYEARDAY=3", "days of the year"),
        ("FREQ=WEEKLY;WKST=1", "week starts"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "never comes due"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "never comes due"),
        ("FREQ=DAILY;UNTIL=20251231", "after the start"),
        ("FREQ=DAILY;UNTIL=20260102T195959Z", "after the start"),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 200), "too long"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_in_words(rule, words):
    with pytest.raises(NotARecurrence, match=words):
        Recurrence(rule, wall("2026-01-02 15:00"), NEW_YORK)


@pytest.mark.parametrize("zone", ["", "EST5EDT4", "New York", "America/Newyork", "../etc/passwd"])
def test_an_unknown_zone_is_refused(zone):
    with pytest.raises(NotARecurrence, match="time zone"):
        Recurrence("FREQ=DAILY", wall("2026-01-02 15:00"), zone)


def test_a_start_must_be_wall_time():
    with pytest.raises(ValueError, match="wall time"):
        Recurrence("FREQ=DAILY", at("2026-01-02"), NEW_YORK)


def test_a_start_out_of_all_years_is_refused():
    with pytest.raises(NotARecurrence, match="between the years"):
        Recurrence("FREQ=DAILY", wall("9999-01-02 15:00"), NEW_YORK)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text("FREQ=DAILYWKMONTHU;BSP,0123456789-+", max_size=60))
def test_any_text_is_a_recurrence_or_is_refused(text):
    try:
        recurrence = Recurrence(text, wall("2026-01-02 15:00"), NEW_YORK)
    except NotARecurrence as refusal:
        assert str(refusal)
    else:
        assert recurrence.following(at("2026-01-01"), 1)


# --- ends, and age ----------------------------------------------------------------------------


def test_a_last_day_counts_in_full_and_an_instant_to_the_second():
    starts = wall("2026-01-02 22:00")

    assert len(instants(Recurrence("FREQ=DAILY;UNTIL=20260104", starts, NEW_YORK))) == 3
    # 22:00 in New York is 03:00Z the day after.
    assert len(instants(Recurrence("FREQ=DAILY;UNTIL=20260105T030000Z", starts, NEW_YORK))) == 3
    assert len(instants(Recurrence("FREQ=DAILY;UNTIL=20260105T025959Z", starts, NEW_YORK))) == 2
    assert len(instants(Recurrence("FREQ=DAILY;UNTIL=20260104T220000", starts, NEW_YORK))) == 3


def test_after_its_end_nothing_follows():
    ended = Recurrence("FREQ=DAILY;COUNT=3", wall("2026-01-02 15:00"), NEW_YORK)

    assert ended.following(at("2026-02-01"), 5) == []


@settings(max_examples=80, deadline=None)
@given(rule=rules, starts=walls, zone=st.sampled_from(ZONES))
def test_an_old_rule_comes_due_when_it_would_have_without_the_short_cut(rule, starts, zone):
    """`following` jumps over the years; walking from the start must give the same."""
    recurrence = recurrence_or_assume(rule, starts, zone)
    late = starts.replace(tzinfo=UTC) + timedelta(days=3000)
    closes = late + timedelta(days=5000)
    walked = (o for o in recurrence.between(at("2020-01-01"), closes) if o.at > late)

    jumped = [o for o in recurrence.following(late, 3) if o.at < closes]

    assert jumped == list(islice(walked, 3))
