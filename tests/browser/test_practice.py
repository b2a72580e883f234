"""Fidelity as a way of learning, from the first press to what two or more agree on: a tally and a
goal, a calibration round, a drift and an experiment."""

from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from fidelity.models import Experiment, FocusGoal
from tests.fidelity import make

RUBRIC = "Wraparound practice rubric"


def rate_all(rater: Page, label: str) -> None:
    for question in rater.locator("fieldset").all():
        question.get_by_label(label).check()


def start_a_tally(coach: Page, person: str) -> None:
    coach.goto("/fidelity/reviews/new/")
    coach.get_by_label("About whom").select_option(person)
    coach.get_by_label("Instrument").select_option("Motivational interviewing coding sheet")
    coach.get_by_role("button", name="Go to the questions").click()
    coach.get_by_role("link", name="Count on the tally pad").click()


def count_by_keyboard(coach: Page) -> None:
    """One question by pointer, then three reflections by key, the last taken back."""
    coach.get_by_role("button", name="Question").click()
    for key in ("5", "6", "6", "Backspace"):
        coach.keyboard.press(key)
    coach.get_by_text("50%").wait_for()
    coach.get_by_role("link", name="Go on to the other questions").click()


def submit_and_release(coach: Page, person: str) -> None:
    expect(coach.get_by_label("Complex reflections", exact=True)).to_have_value("1")
    rate_all(coach, "4 High")
    coach.get_by_role("button", name="Submit the review").click()
    coach.get_by_role("link", name=f"Release to {person}").click()
    coach.get_by_label("What you want to tell them").fill("Half of your reflections went deeper.")
    coach.get_by_role("button", name=f"Release to {person}").click()


def read_and_propose(facilitator: Page, coach: str) -> None:
    facilitator.goto("/")
    facilitator.get_by_role("link", name=f"{coach} wrote you feedback").click()
    expect(facilitator.get_by_text("Half of your reflections went deeper.")).to_be_visible()
    facilitator.get_by_role("link", name="Propose a goal").click()
    facilitator.get_by_label("The goal").fill("Say back what was meant")
    facilitator.get_by_label("What they will do").fill("Wait a breath\nThen reflect")
    in_a_month = timezone.localdate() + timedelta(days=30)
    facilitator.get_by_label("Look at it again on").fill(in_a_month.isoformat())
    facilitator.get_by_role("button", name="Propose it").click()
    expect(facilitator.get_by_text("Not yet: it is a goal once both agree.")).to_be_visible()


def agree(coach: Page, proposer: str) -> None:
    coach.goto("/")
    coach.get_by_role("link", name=f"{proposer} proposed a goal").click()
    coach.get_by_role("button", name="Agree to this goal").click()
    expect(coach.get_by_text("Not yet: it is a goal once both agree.")).to_have_count(0)


def test_a_review_by_tally_pad_ends_in_a_goal_that_both_agreed_on(page_as, cast):
    make.consent(cast.facilitator, cast.northside.agency)
    coach, facilitator = page_as(cast.coach), page_as(cast.facilitator)

    start_a_tally(coach, cast.facilitator.name)
    count_by_keyboard(coach)
    submit_and_release(coach, cast.facilitator.name)
    read_and_propose(facilitator, cast.coach.get_short_name())
    agree(coach, cast.facilitator.name)

    goal = FocusGoal.objects.get()
    assert (goal.is_agreed, goal.person) == (True, cast.facilitator)
    assert goal.actions == ["Wait a breath", "Then reflect"]


def open_a_round(coach: Page, rater: str) -> str:
    """Of a recording that is not listed, beside the coach's own scores; its address."""
    coach.goto("/fidelity/calibrations/new/")
    coach.get_by_label("Instrument").select_option(RUBRIC)
    coach.get_by_label("Or a recording that is not listed").fill("Team meeting 4")
    coach.get_by_label(rater).check()
    coach.get_by_label("Whose scores are the master").select_option("Dae Kim")
    coach.get_by_role("button", name="Open the round").click()
    expect(coach.get_by_text("0 of 2 scorings are in.")).to_be_visible()
    return coach.url


def score(rater: Page, label: str) -> None:
    """From the round's page, and back to it."""
    rater.get_by_role("link", name="Team meeting 4").click()
    rate_all(rater, label)
    rater.get_by_role("button", name="Submit the review").click()
    rater.get_by_role("link", name="Calibration round").click()


def test_a_calibration_round_is_scored_apart_and_read_together(page_as, cast):
    coach, rater = page_as(cast.coach, width=1280), page_as(cast.supervisor, width=1280)

    round_url = open_a_round(coach, cast.supervisor.name)
    score(coach, "3 Mostly")
    expect(coach.get_by_text("1 of 2 scorings are in.")).to_be_visible()
    expect(coach.get_by_role("heading", name="Items")).to_have_count(0)
    rater.goto(round_url)
    score(rater, "2 In part")

    persistence = rater.get_by_role("row", name="Persistence")
    expect(persistence.get_by_role("cell").nth(1)).to_contain_text("0%")  # exact agreement
    expect(persistence.get_by_role("cell").nth(2)).to_contain_text("100%")  # within one
    expect(persistence).to_contain_text("Carol Lindqvist: -1.00")
    coach.reload()
    expect(coach.get_by_text("not calibrated yet")).to_be_visible()  # one recording is not three


def months_ago(number: int) -> date:
    """The tenth of an earlier month."""
    now = timezone.localdate()
    whole = now.year * 12 + now.month - 1 - number
    return date(whole // 12, whole % 12 + 1, 10)


def look_closer(supervisor: Page) -> None:
    """From the team's chart to whether it is chance."""
    supervisor.goto("/fidelity/team/")
    supervisor.get_by_role("link", name="Look closer: drift").click()
    expect(supervisor.get_by_text("A signal since")).to_contain_text("downward")


def plan_an_experiment(supervisor: Page) -> None:
    """The chart's measure and the own team are chosen already."""
    supervisor.get_by_role("link", name="Plan an experiment").click()
    supervisor.get_by_label("What we expect will happen").fill("Two more open questions a visit")
    supervisor.get_by_label("What we want to get better at").fill("Asking before offering")
    supervisor.get_by_label("What we will try").fill("Each visit begins with a question")
    supervisor.get_by_role("button", name="Save the plan").click()


def begin(supervisor: Page) -> None:
    expect(supervisor.get_by_text("Nothing has begun yet.")).to_be_visible()
    supervisor.get_by_role("button", name="Begin the trial").click()
    expect(supervisor.get_by_text("the plan stays as it was written")).to_be_visible()


def test_a_supervisor_finds_the_drift_and_starts_an_experiment(page_as, cast):
    for number in range(16, 0, -1):
        value = 3 if number > 8 else 2
        day = months_ago(number)
        make.review(cast.coach, cast.facilitator, value, at=timezone.now(), practised_on=day)
    supervisor = page_as(cast.supervisor, width=1280)

    look_closer(supervisor)
    plan_an_experiment(supervisor)
    begin(supervisor)

    experiment = Experiment.objects.get()
    assert (experiment.lead, experiment.is_under_way) == (cast.supervisor, True)
    assert experiment.measure.version == make.shipped()
