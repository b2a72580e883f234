"""What I am told by email, and when not."""

from datetime import time

from portal.notices.models import Category, Digest, Preference, QuietHours

ALL = {category.value: "on" for category in Category}


def test_everything_comes_by_email_until_someone_chooses(cast, as_facilitator):
    page = as_facilitator.get("/notices/preferences/")
    form = page.context["form"]

    assert "On your clock: New York time." in page.content.decode()
    assert all(field.initial for field in form.categories)
    assert (form["quiet"].initial, form["begins"].initial) == (True, time(20))
    assert Preference.wants(cast.facilitator, Category.SESSIONS, "mail")


def test_a_choice_is_kept(cast, as_facilitator):
    answers = {"sessions": "on", "quiet": "on", "begins": "21:30", "ends": "06:00"}

    answer = as_facilitator.post("/notices/preferences/", answers)

    assert answer.status_code == 302
    assert Preference.wants(cast.facilitator, Category.SESSIONS, "mail")
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
