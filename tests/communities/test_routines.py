"""Whom a group's recurring reminder reaches, and when."""

from datetime import date, time, timedelta

import pytest

from communities.models import Routine
from communities.rhythm import Rhythm
from communities.routines import follow_the_clocks, offered, people_of, set_up_the_usual
from portal.notices.kinds import kinds
from portal.notices.mail import compose
from portal.notices.models import Notice
from portal.reminders.models import Occurrence, Rule
from portal.reminders.tick import tick
from tests.communities import make, make_routines
from tests.communities.make_routines import FIRST, MADE, at, routine, told


def first_names(people):
    return {person.name.split()[0] for person in people}


def test_an_agency_a_team_and_a_community_each_remind_their_own(cast):
    circle = make.circle(cast)
    northside = cast.northside.agency
    whole = routine(northside)
    team = routine(northside, team_of=cast.supervisor)
    community = routine(northside, community=circle)

    assert first_names(people_of(whole, MADE)) == {
        "Amara", "Benito", "Carol", "Dae", "Edith", "Lena",
    }  # fmt: skip  # Lena left since
    assert first_names(people_of(team, MADE)) == {"Amara", "Benito", "Carol"}
    assert set(people_of(community)) == set(circle.members())


def test_roles_narrow_whom_it_reaches(cast):
    by_role = routine(cast.northside.agency, roles=["coach", "supervisor"])

    assert first_names(people_of(by_role, MADE)) == {"Carol", "Dae"}
    in_team = routine(cast.northside.agency, team_of=cast.supervisor, roles=["facilitator"])
    assert first_names(people_of(in_team, MADE)) == {"Amara"}


def test_people_are_told_at_the_hour_and_only_once_from_several_groups(cast):
    routine(cast.northside.agency)
    routine(cast.northside.agency, team_of=cast.supervisor)

    assert told(FIRST) == {"Amara", "Benito", "Carol", "Dae", "Edith", "Lena"}
    assert Notice.objects.count() == 6


def test_each_persons_own_clock_is_a_rule_of_its_own(cast):
    cast.coach.time_zone = "Asia/Kolkata"
    cast.coach.save()
    own = routine(cast.northside.agency, time_zone="")

    assert set(own.clocks.values_list("zone", flat=True)) == {
        "America/New_York", "Asia/Kolkata",
    }  # fmt: skip
    assert told(at("2026-10-02 09:30")) == {"Dae"}  # 15:00 in Kolkata
    assert told(FIRST) == {"Amara", "Benito", "Carol", "Edith", "Lena"}


def test_the_hour_stays_across_the_change_of_clocks(cast):
    cast.coach.time_zone = "Europe/Dublin"  # changes on 25 October, New York on 1 November
    cast.coach.save()
    own = routine(cast.northside.agency, time_zone="")

    dues = {
        clock.zone: [o.at.strftime("%m-%d %H:%M") for o in clock.rule.recurrence.following(MADE, 6)]
        for clock in own.clocks.all()
    }

    assert dues["Europe/Dublin"][3:] == ["10-23 14:00", "10-30 15:00", "11-06 15:00"]
    assert dues["America/New_York"][3:] == ["10-23 19:00", "10-30 19:00", "11-06 20:00"]


def test_the_clocks_follow_people_who_move(cast, django_assert_max_num_queries):
    own = routine(cast.northside.agency, time_zone="")
    routine(cast.riverbend.agency, time_zone="", kind="commitments.due")
    assert follow_the_clocks(MADE) == 0
    cast.coach.time_zone = "Asia/Tokyo"
    cast.coach.save()

    assert follow_the_clocks(MADE) == 1
    assert told(at("2026-10-02 06:00")) == {"Dae"}
    Notice.objects.get().read()  # else it would be taken back, and said in the evening
    cast.coach.time_zone = "America/New_York"
    cast.coach.save()
    with django_assert_max_num_queries(40):
        assert follow_the_clocks(at("2026-10-02 06:30")) == 1
    # Back home for the evening: told once that Friday, not twice.
    assert "Dae" not in told(FIRST)
    assert own.clocks.get(zone="Asia/Tokyo").rule.ended_at is not None


def test_many_rules_are_asked_in_one_query(cast, django_assert_num_queries):
    routine(cast.northside.agency, time_zone="")
    routine(cast.riverbend.agency)
    kind = offered()["reflection.time"]

    with django_assert_num_queries(1):
        pairs = list(kind.recipients(Rule.objects.filter(kind="reflection.time"), FIRST))

    assert len(pairs) == len(set(pairs)) == 11
    assert {rule for rule, _person in pairs} == set(Rule.objects.values_list("pk", flat=True))
    due = [(rule, Occurrence(rule=rule)) for rule in Rule.objects.all()]
    with django_assert_num_queries(1):
        found = kind.subjects(due)
    assert found == {rule.pk: kind.subject(rule, occurrence) for rule, occurrence in due}


def test_a_pause_a_snooze_and_a_skip_take_back_what_has_not_gone(cast):
    weekly = routine(cast.northside.agency)
    by = cast.admin
    tick(FIRST)
    weekly.pause(by=by, at=FIRST)
    assert not Notice.objects.standing().exists()
    assert told(at("2026-10-09 19:00")) == set()

    weekly.resume(by=by, at=at("2026-10-10 12:00"))
    weekly.snooze(date(2026, 10, 17), by=by, at=at("2026-10-10 12:00"))
    assert told(at("2026-10-16 19:00")) == set()
    assert len(told(at("2026-10-23 19:00"))) == 6

    weekly.skip(date(2026, 10, 30), by=by, at=at("2026-10-24 12:00"))
    weekly.skip(date(2026, 11, 6), by=by, at=at("2026-10-24 12:00"))
    weekly.take_up(date(2026, 11, 6), by=by, at=at("2026-10-24 12:00"))
    assert told(at("2026-10-30 19:00")) == set()
    assert len(told(at("2026-11-06 20:00"))) == 6


def test_what_is_ended_says_nothing_and_another_may_begin(cast):
    weekly = routine(cast.northside.agency)
    weekly.end(by=cast.admin, at=MADE)
    weekly.end(by=cast.admin, at=MADE)

    assert told(FIRST) == set()
    assert routine(cast.northside.agency).pk != weekly.pk


def test_a_double_click_makes_one(cast):
    once = routine(cast.northside.agency)
    twice = routine(cast.northside.agency, rhythm=make_routines.FORTNIGHTLY)

    assert once == twice
    assert Routine.objects.get().rrule.startswith("FREQ=WEEKLY;INTERVAL=2")


def test_the_last_day_counts_on_every_clock(cast):
    cast.coach.time_zone = "Pacific/Honolulu"  # 23:00 there is the next day in UTC
    cast.coach.save()
    until = Rhythm("weekly", ("FR",), until=date(2026, 10, 9))
    own = routine(cast.northside.agency, time_zone="", rhythm=until, local_time=time(23))

    assert own.rhythm == until
    assert told(at("2026-10-10 09:00")) == {"Dae"}
    tick(at("2026-10-17 12:00"))
    assert not Rule.objects.filter(next_due_at__isnull=False).exists()


def test_every_agency_has_the_usual_until_an_admin_ends_it(cast):
    begun = set_up_the_usual(MADE)

    assert begun == 2 * len([kind for kind in offered().values() if kind.usual])
    Routine.objects.get(kind="commitments.due", agency=cast.northside.agency).end(by=cast.admin)
    assert set_up_the_usual(MADE + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("due_on", "hears"),
    [("2026-10-02", True), ("2026-10-01", True), ("2026-10-03", False), ("2026-09-20", False)],
)
def test_a_commitment_comes_back_on_its_day(cast, due_on, hears):
    routine(cast.northside.agency, kind="commitments.due", time_zone="", local_time=time(8))
    commitment = make.commitment(cast.facilitator)
    type(commitment).objects.update(due_on=due_on)

    assert told(at("2026-10-02 12:00")) == ({"Amara"} if hears else set())


@pytest.mark.parametrize(
    ("zone", "eight"),
    [("America/New_York", "2026-10-02 12:00"), ("Pacific/Auckland", "2026-10-01 19:00")],
)
def test_an_open_commitment_is_not_said_again_the_day_after(cast, zone, eight):
    cast.facilitator.time_zone = zone
    cast.facilitator.save()
    daily = Rhythm("weekly", ("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
    routine(
        cast.northside.agency,
        kind="commitments.due",
        rhythm=daily,
        time_zone="",
        local_time=time(8),
    )
    commitment = make.commitment(cast.facilitator)
    type(commitment).objects.update(due_on=date(2026, 10, 2))

    assert told(at(eight)) == {"Amara"}
    assert told(at(eight) + timedelta(days=1)) == set()


def test_a_name_with_a_header_in_it_is_harmless(cast):
    name = "Circle\r\nBcc: everyone@example.org\r\n\r\nWin"
    circle = make.circle(cast, name)
    weekly = routine(circle.agency, community=circle)
    told(FIRST)
    notice = Notice.objects.filter(recipient=cast.facilitator).select_related("recipient").get()

    mail = compose(notice.deliveries.get(), kinds["reflection.time"], weekly).message()

    assert mail["Bcc"] is None
    assert [line for line in str(mail["Subject"]).splitlines() if line] == ["Time to reflect"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_supervisor_who_leaves_takes_their_teams_reminder_along(cast):
    team = routine(cast.northside.agency, team_of=cast.supervisor)
    whole = routine(cast.northside.agency)

    cast.northside.agency.departs(cast.supervisor, by=cast.admin)

    team.refresh_from_db()
    whole.refresh_from_db()
    assert (team.is_over, whole.is_over) == (True, False)
    assert "Carol" not in first_names(people_of(whole))
