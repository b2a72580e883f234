"""A recurring reminder: set up in plain words, seen before it is saved, changed, ended."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Routine
from tests.communities import make, make_routines

NEW = "/communities/reminders/new/"


def typed(cast, **others):
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "kind": "reflection.time",
        "group": f"agency-{cast.northside.agency.pk}",
        "rhythm": "fortnightly",
        "weekday": ["FR"],
        "starts_on": tomorrow.isoformat(),
        "local_time": "15:00",
        "clock": "named",
        "time_zone": "America/New_York",
    } | others


def test_an_admin_sees_the_next_ten_times_before_it_is_saved(cast, as_person):
    page = as_person(cast.admin).post(NEW, typed(cast, preview="1"))

    assert page.status_code == 200
    assert page.content.decode().count('<li><time datetime="') == 10
    assert not Routine.objects.exists()


def test_an_admin_sets_it_up_and_sees_whom_it_reaches(cast, as_person):
    answer = as_person(cast.admin).post(NEW, typed(cast, clock="own", roles=["facilitator"]))
    routine = Routine.objects.get()
    page = as_person(cast.admin).get(answer.url).content.decode()

    assert (routine.time_zone, routine.roles, routine.period_days) == ("", ["facilitator"], 14)
    assert "Every other Friday at 3 p.m., on each person’s own clock" in page
    assert "2 people:" in page
    assert "Amara Okafor, Kofi Mensah" in page


def test_who_reflected_already_does_not_show_on_the_page(cast, as_person):
    from tests.reflections.make import kept

    kept(cast.facilitator)
    as_person(cast.admin).post(NEW, typed(cast, roles=["facilitator"]))

    page = as_person(cast.admin).get(Routine.objects.get().get_absolute_url()).content.decode()
    assert "Amara Okafor, Kofi Mensah" in page


@pytest.mark.parametrize(
    ("field", "wrong", "words"),
    [
        ("rhythm", "FREQ=SECONDLY", "Choose one of the answers listed for “How often”."),
        ("until", "2020-01-01", "Choose a last day that comes after the first."),
        ("time_zone", "Asia/Calcuttta", "Choose a zone from the list."),
        ("time_zone", "", "Choose the clock that it keeps."),
        ("local_time", "25:00", "Enter a time of day, like 15:00."),
        ("starts_on", "9999-12-31", "Choose a start between the years 1970 and 2200."),
        ("weekday", [], "Choose at least one day of the week."),
        ("group", "agency-0", "Choose one of the answers listed for “For whom”."),
    ],
)
def test_what_cannot_be_kept_is_answered_in_words(cast, as_person, field, wrong, words):
    page = as_person(cast.admin).post(NEW, typed(cast, **{field: wrong}))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Routine.objects.exists()


def test_a_rule_that_never_comes_is_answered_in_words(cast, as_person):
    # From Saturday to Thursday there is no Friday.
    today = timezone.localdate()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    days = {"starts_on": saturday.isoformat(), "until": (saturday + timedelta(days=5)).isoformat()}

    page = as_person(cast.admin).post(NEW, typed(cast, **days))

    assert page.status_code == 422
    assert "never comes" in page.content.decode()


def test_a_group_has_one_of_a_kind(cast, as_person):
    make_routines.routine(cast.northside.agency)

    page = as_person(cast.admin).post(NEW, typed(cast))

    assert "The group has this reminder already: change that one." in page.content.decode()


def test_a_supervisor_sets_up_their_own_team_and_no_other(cast, as_person):
    team = f"team-{cast.northside.agency.pk}-{cast.supervisor.pk}"
    as_person(cast.supervisor).post(NEW, typed(cast, group=team))
    assert Routine.objects.get().team_of == cast.supervisor

    others = f"team-{cast.riverbend.agency.pk}-{cast.riverbend.supervisor.pk}"
    page = as_person(cast.supervisor).post(NEW, typed(cast, group=others))
    assert page.status_code == 422


def test_its_runner_changes_it_leaves_a_day_out_and_ends_it(cast, as_person):
    circle = make.circle(cast)
    routine = make_routines.routine(circle.agency, community=circle, by=cast.coach)
    host = as_person(cast.coach)
    url = routine.get_absolute_url()

    host.post(f"{url}edit/", typed(cast, rhythm="weekly", weekday=["MO", "TH"]))
    routine.refresh_from_db()
    assert (routine.rrule, routine.period_days) == ("FREQ=WEEKLY;BYDAY=MO,TH", 3)

    page = host.get(url).content.decode()
    assert page.count("Leave it out") == 10
    host.post(f"{url}skip/", {"day": "2030-01-03"})
    host.post(f"{url}skip/", {"day": "2030-01-07"})
    host.post(f"{url}take-up/", {"day": "2030-01-07"})
    routine.refresh_from_db()
    assert [str(day) for day in routine.skipped] == ["2030-01-03"]

    assert host.post(f"{url}pause/", {"until": "2020-01-01"}).status_code == 422
    host.post(f"{url}pause/", {})
    assert "It is paused until somebody resumes it." in host.get(url).content.decode()
    host.post(f"{url}go-on/")
    host.post(f"{url}end/")
    routine.refresh_from_db()
    assert (routine.paused_at, routine.is_over) == (None, True)


def test_the_list_costs_the_same_for_three_as_for_one(cast, as_person, django_assert_num_queries):
    client = as_person(cast.admin)
    make_routines.routine(cast.northside.agency)
    client.get(reverse("communities:routines.index"))

    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("communities:routines.index"))
        return len(asked)

    one = queries()
    make_routines.routine(cast.northside.agency, kind="commitments.due")
    make_routines.routine(cast.northside.agency, team_of=cast.supervisor)
    assert queries() == one <= 15


def test_the_page_costs_few_queries(cast, as_person, django_assert_max_num_queries):
    routine = make_routines.routine(cast.northside.agency)
    client = as_person(cast.admin)
    with django_assert_max_num_queries(15):
        client.get(routine.get_absolute_url())


def test_a_clock_that_was_renamed_is_answered_in_words_and_can_be_changed(cast, as_person):
    routine = make_routines.routine(cast.northside.agency)
    Routine.objects.update(time_zone="America/Atlantis")
    admin = as_person(cast.admin)

    page = admin.get(routine.get_absolute_url()).content.decode()
    assert "The clock “America/Atlantis” was renamed or is gone" in page
    assert admin.get("/communities/reminders/").status_code == 200
    edit = f"{routine.get_absolute_url()}edit/"
    assert "Choose a zone from the list." not in admin.get(edit).content.decode()

    admin.post(edit, typed(cast))
    assert "was renamed or is gone" not in admin.get(routine.get_absolute_url()).content.decode()
