"""What I am told by email, and when not."""

from datetime import time

from portal.notices.models import Category, Preference, QuietHours

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
