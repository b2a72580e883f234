"""Clocks that people change: reminders come by the clock on the wall, once, whatever it does."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from portal.notices.models import Notice
from portal.recurrence import Recurrence, zone_rules
from portal.reminders.models import Rule
from portal.reminders.replanning import replan
from portal.reminders.tick import tick
from tests import make as house
from tests.portal.reminders import make
from tests.portal.reminders.make import at

# Both changes of a year, the hours in which they happen, gaps of 30 and 60 minutes, on both sides
# of the equator and of UTC; and some that never change.
ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    *("America/Anchorage", "America/Halifax", "America/St_Johns", "America/Phoenix"),
    *("America/Havana", "America/Santiago", "Atlantic/Azores", "Africa/Cairo"),
    *("Africa/Casablanca", "Europe/Dublin", "Europe/Berlin", "Europe/Kyiv"),
    *("Asia/Beirut", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland"),
)
DAYS, MINUTE = 3, timedelta(minutes=1)


def changes(zone: str) -> list[date]:
    """The days of 2027 on which the zone's clocks change; two days like any other if they never
    do."""
    tz, noon = ZoneInfo(zone), datetime(2027, 1, 1, 12)
    offsets = [(noon + timedelta(days=n)).replace(tzinfo=tz).utcoffset() for n in range(366)]
    found = [n for n in range(1, 366) if offsets[n] != offsets[n - 1]]
    return [(noon + timedelta(days=n)).date() for n in found[:2] or [100, 200]]


def shown_first(wall: datetime, zone: str) -> datetime:
    """When the zone's clocks show a wall time first, found by looking at them minute by minute; a
    time that they skip is as long after the gap as it is after the gap's beginning."""
    tz, begin = ZoneInfo(zone), wall.replace(tzinfo=UTC) - timedelta(hours=16)
    before = begin
    for n in range(32 * 60):
        shown = (begin + n * MINUTE).astimezone(tz).replace(tzinfo=None)
        if shown == wall:
            return begin + n * MINUTE
        if shown > wall:  # it was skipped
            return before + (wall - before.astimezone(tz).replace(tzinfo=None))
        before = begin + n * MINUTE
    raise AssertionError(f"{wall} in {zone}")


def test_reminders_come_by_the_wall_clock_over_both_changes_in_twenty_zones(db):
    assert len(ZONES) == 20
    expected = {}
    for zone in ZONES:
        for hour, day in enumerate(changes(zone)):
            agency, person = house.agency(), house.person()
            house.position(person, agency)
            # 00:30 is in the gap of zones that change at midnight, 02:30 in that of the others.
            starts = datetime.combine(day - timedelta(days=1), datetime.min.time())
            starts += timedelta(hours=2 if hour else [2, 0][zone in MIDNIGHT], minutes=15)
            daily = Recurrence(f"FREQ=DAILY;COUNT={DAYS}", starts, zone)
            make.rule(agency, when="2027-01-01 00:00", recurrence=daily, minutes_before=0)
            walls = [starts + timedelta(days=n) for n in range(DAYS)]
            expected[person.pk] = sorted(shown_first(wall, zone) for wall in walls)

    coming = Rule.objects.exclude(next_due_at=None).order_by("next_due_at")
    while due_at := coming.values_list("next_due_at", flat=True).first():
        assert tick(due_at - timedelta(seconds=1)).told == 0
        assert tick(due_at).told > 0

    told = {pk: [] for pk in expected}
    for person, due_at in Notice.objects.order_by("due_at").values_list("recipient", "due_at"):
        told[person].append(due_at)
    assert told == expected


MIDNIGHT = {"America/Havana", "America/Santiago", "Atlantic/Azores", "Africa/Cairo", "Asia/Beirut"}


@pytest.fixture
def law(tmp_path, monkeypatch):
    """Changes the clocks of New York: from now on it shows what another zone does."""
    before = zoneinfo.TZPATH

    def change(to: str) -> None:
        folder = tmp_path / "America"
        folder.mkdir(exist_ok=True)
        package, _, name = f"tzdata.zoneinfo.{to.replace('/', '.')}".rpartition(".")
        (folder / "New_York").write_bytes((resources.files(package) / name).read_bytes())
        (tmp_path / "tzdata.zi").write_text(f"# version {to}\n")
        read_anew((str(tmp_path), *before))

    yield change
    read_anew(before)


def read_anew(path) -> None:
    zoneinfo.reset_tzpath(to=path)
    ZoneInfo.clear_cache()
    zone_rules.cache_clear()


@pytest.mark.parametrize(
    ("like", "due_at"),
    [
        ("America/Halifax", "2026-10-02 17:00"),  # an hour ahead: before what was computed
        ("America/Chicago", "2026-10-02 19:00"),  # an hour behind: after it
    ],
)
def test_when_a_law_changes_the_clocks_what_is_not_yet_due_moves(cast, law, like, due_at):
    agency = cast.northside.agency
    rule = make.rule(agency)  # Fridays 14:00, an hour before 15:00
    resting = make.rule(house.agency())
    resting.pause(at=at("2026-10-01 13:00"))
    assert rule.next_due_at == at("2026-10-02 18:00")
    assert replan() == 0  # nothing has changed

    law(like)

    assert replan() == 1
    rule.refresh_from_db()
    assert rule.next_due_at == at(due_at)
    assert replan() == 0
    assert tick(at(due_at) - timedelta(seconds=1)).told == 0
    assert tick(at(due_at)).told == 7
    [due] = set(Notice.objects.values_list("due_at", flat=True))
    assert due == at(due_at)


def test_a_tick_before_the_new_times_are_found_tells_nobody_too_early(cast, law):
    make.rule(cast.northside.agency)

    law("America/Chicago")

    assert tick(at("2026-10-02 18:00")).told == 0
    assert Rule.objects.get().next_due_at == at("2026-10-02 19:00")
    assert tick(at("2026-10-02 19:00")).told == 7


def test_a_broken_rule_does_not_keep_the_others_from_moving(cast, law, caplog):
    broken = make.rule(house.agency())
    rule = make.rule(cast.northside.agency)
    Rule.objects.filter(pk=broken.pk).update(kind="gone.kind")

    law("America/Halifax")

    assert replan() == 1
    assert [record.message for record in caplog.records] == ["reminders.rule_failed"]
    rule.refresh_from_db()
    assert rule.next_due_at == at("2026-10-02 17:00")
