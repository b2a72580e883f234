"""What I am told by email, and when not."""

from datetime import time

from django.db.models import Value
from django.utils import timezone

from communities.notices import SessionReminder, WhatWillYouTry
from portal.notices.models import (
    Category,
    Digest,
    Exclusion,
    Notice,
    Preference,
    QuietHours,
    unread_of,
)
from portal.notices.notices import AddressPaused
from portal.notices.telling import Telling, tell_each
from portal.notices.wishes import wants
from portal.people.models import User
from tests.communities import make as communities

CATEGORIES = [category.value for category in Category if category != Category.DIGEST]
ALL = {f"{channel}-{category}": "on" for channel in ("portal", "mail") for category in CATEGORIES}
ALL |= {"offered": CATEGORIES}


def test_everything_comes_by_email_until_someone_chooses(cast, as_facilitator):
    page = as_facilitator.get("/notices/preferences/")
    form = page.context["form"]

    assert "On your clock: New York time." in page.content.decode()
    boxes = [box for row in form.rows() for each in (row, *row.kinds) for box in each.boxes]
    assert all(box.initial for box in boxes)
    assert {row.name for row in form.rows()} == set(CATEGORIES)
    assert (form["quiet"].initial, form["begins"].initial) == (True, time(20))
    assert Preference.wants(cast.facilitator, Category.SESSIONS, "mail")


def test_a_choice_is_kept(cast, as_facilitator):
    answers = {"mail-sessions": "on", "quiet": "on", "begins": "21:30", "ends": "06:00"}
    answers["offered"] = ["sessions", "practice"]

    answer = as_facilitator.post("/notices/preferences/", answers)

    assert answer.status_code == 302
    assert Preference.wants(cast.facilitator, Category.SESSIONS, "mail")
    assert Preference.wants(cast.facilitator, Category.AGENCY, "mail"), "it was not on the page"
    assert not Preference.wants(cast.facilitator, Category.PRACTICE, "mail")
    assert Preference.wants(cast.coach, Category.PRACTICE, "mail")
    assert str(QuietHours.of(cast.facilitator)) == "21:30 to 06:00"


def test_a_choice_can_be_taken_back(cast, as_facilitator):
    Preference.choose(cast.facilitator, Category.SESSIONS, "mail", wanted=False)

    as_facilitator.post(
        "/notices/preferences/", ALL | {"quiet": "on", "begins": "20:00", "ends": "07:00"}
    )

    assert Preference.wants(cast.facilitator, Category.SESSIONS, "mail")


def test_quiet_hours_can_be_switched_off(cast, as_facilitator):
    as_facilitator.post("/notices/preferences/", ALL | {"begins": "20:00", "ends": "07:00"})

    assert QuietHours.of(cast.facilitator).window is None


def test_hours_that_end_where_they_begin_are_refused_with_what_was_typed(cast, as_facilitator):
    answer = as_facilitator.post(
        "/notices/preferences/", ALL | {"quiet": "on", "begins": "08:00", "ends": "08:00"}
    )

    assert answer.status_code == 422
    assert "Choose an end that differs from the start." in answer.content.decode()
    assert not QuietHours.objects.exists()


def choose(client, **boxes):
    """Everything is wanted but for these."""
    answers = ALL | EVENINGS | {"offered": [*CATEGORIES, "session.reminder", "session.after"]}
    answers |= {f"{c}-{k}": "on" for c in ("portal", "mail", "push") for k in answers["offered"]}
    for name in boxes.get("but", []):
        del answers[name]
    assert client.post("/notices/preferences/", answers).status_code == 302


def test_one_kind_is_left_out_by_email_and_another_in_the_portal(cast, as_facilitator):
    session = communities.session(communities.circle(cast))
    choose(as_facilitator, but=["mail-session.reminder", "portal-session.after"])

    person = cast.facilitator
    told_by_mail = [wants(person, kind, "mail") for kind in (SessionReminder, WhatWillYouTry)]
    assert told_by_mail == [False, True]
    SessionReminder.tell([person], about=session)
    WhatWillYouTry.tell([person], about=session)
    assert [n.kind for n in Notice.objects.visible_to(person)] == ["session.reminder"]
    assert unread_of(person) == 1

    # Chosen again, what is unread stands there after all; of both channels.
    choose(as_facilitator, but=["portal-sessions"])
    assert unread_of(person) == 0
    choose(as_facilitator)
    assert unread_of(person) == 2
    assert not Exclusion.objects.exists()


def test_what_many_are_told_in_one_statement_is_hidden_alike(cast, as_coach):
    circle = communities.circle(cast)
    session = communities.session(circle)
    choose(as_coach, but=["portal-session.reminder"])
    Preference.choose(cast.facilitator, Category.SESSIONS, "portal", wanted=False)
    now = timezone.now()
    telling = Telling(1, "communities.session", session.pk, now, None)
    people = circle.members() | User.objects.filter(pk=cast.supervisor.pk)
    audience = people.annotate(key=Value(1)).values_list("key", "pk")

    assert sum(tell_each(SessionReminder, [telling], audience).values()) == 3

    shown = Notice.objects.filter(kind="session.reminder", in_portal=True)
    assert [n.recipient for n in shown] == [cast.supervisor]


def test_what_people_must_know_has_no_box_and_says_why(cast, as_facilitator):
    page = as_facilitator.get("/notices/preferences/").content.decode()
    assert "Nobody else would tell you that your email does not arrive." in page

    everything = ALL | EVENINGS | {"offered": [*CATEGORIES, "address.paused"]}
    as_facilitator.post("/notices/preferences/", everything)
    Preference.choose(cast.facilitator, Category.AGENCY, "portal", wanted=False)

    assert wants(cast.facilitator, AddressPaused, "portal")
    AddressPaused.tell([cast.facilitator], about=cast.facilitator)
    assert unread_of(cast.facilitator) == 1


def test_the_page_asks_few_queries(as_facilitator, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        as_facilitator.get("/notices/preferences/")


EVENINGS = {"quiet": "on", "begins": "20:00", "ends": "07:00"}


def test_whole_days_and_a_weekly_digest_are_kept(cast, as_facilitator):
    Preference.choose(cast.facilitator, Category.DIGEST, "mail", wanted=False)
    together = {"together": "0", "together_at": "08:30", "digested": ["sessions", "practice"]}

    as_facilitator.post(
        "/notices/preferences/",
        ALL | EVENINGS | together | {"weekdays": ["5", "6"], "on_holidays": "on"},
    )

    hours, digest = QuietHours.of(cast.facilitator), Digest.objects.get()
    assert (hours.weekdays, hours.on_holidays) == ([5, 6], True)
    assert (digest.weekday, digest.local_time) == (0, time(8, 30))
    assert digest.categories == ["sessions", "practice"]
    assert Preference.wants(cast.facilitator, Category.DIGEST, "mail"), "asked for again"
    as_facilitator.post("/notices/preferences/", ALL | EVENINGS | {"together": ""})
    assert not Digest.objects.exists()


def test_what_cannot_be_kept_is_answered_in_words(as_facilitator):
    every_day = {"weekdays": [str(day) for day in range(7)]}
    nothing = {"together": "daily", "together_at": "", "digested": []}

    answer = as_facilitator.post("/notices/preferences/", ALL | EVENINGS | every_day | nothing)

    assert answer.status_code == 422
    assert {"weekdays", "together_at", "digested"} == set(answer.context["form"].errors)
