"""A practice experiment on one page, from a chart to the next cycle."""

import re

import pytest
from django.utils import timezone

from fidelity.models import Experiment
from tests.fidelity import make

pytestmark = pytest.mark.django_db
URL = "/fidelity/experiments/"
SERIES = "wraparound-practice-rubric.{}.observation"


def plan(**fields):
    today = timezone.localdate()
    return {
        "prediction": "Three more open questions a visit",
        "aim": "Asking before offering",
        "change": "Each begins with two open questions",
        "begins_on": today,
        "ends_on": today,
    } | fields


@pytest.fixture
def series(cast):
    make.review(cast.coach, cast.facilitator)
    return SERIES.format(make.shipped().measures.get(formula="percent_of_maximum").key)


def test_from_a_tile_to_the_next_cycle(as_coach, as_facilitator, as_supervisor, cast, series):
    team = as_coach.get(f"/fidelity/team/?series={series}").content.decode()
    link = re.search(r'href="(/fidelity/experiments/new/[^"]+)"', team)[1]
    form = as_coach.get(link).context["form"]
    assert form.initial["series"] == series
    assert next(iter(form.fields)) == "prediction"
    chosen = {"series": series, "team": f"{cast.northside.agency.pk}-{cast.coach.pk}"}
    refused = as_coach.post(link, plan(prediction="", **chosen))
    assert refused.status_code == 422
    assert "Write what you expect before anything else." in refused.content.decode()
    assert not Experiment.objects.exists()

    as_coach.post(link, plan(**chosen))
    trial = Experiment.objects.get()
    assert (trial.lead, trial.source, trial.measure.key) == (
        cast.coach,
        "observation",
        series.split(".")[1],
    )
    page = trial.get_absolute_url()
    as_coach.post(page + "edit/", plan(prediction="Two more"))
    as_coach.post(page + "trial/")
    as_coach.post(page + "edit/", plan(prediction="What came of it", done="Tried it twice"))
    trial.refresh_from_db()
    assert (trial.prediction, trial.done) == ("Two more", "Tried it twice")
    seen = as_facilitator.get(page)
    assert "Two more" in seen.content.decode()
    assert seen.context["form"] is None
    assert as_supervisor.get(page).status_code == 404

    decision = {"done": "Tried it", "decision": "adapt"}
    refused = as_coach.post(page + "decision/", decision)
    assert "Say what you learned" in refused.content.decode()
    after = as_coach.post(page + "decision/", decision | {"learned": "One will do"}, follow=True)
    assert after.redirect_chain == [(f"{URL}new/?after={trial.pk}", 302)]
    assert "One will do" in after.content.decode()
    as_coach.post(f"{URL}new/?after={trial.pk}", plan(change="One open question"))

    second = Experiment.objects.exclude(pk=trial.pk).get()
    assert (second.follows, second.lead, second.measure) == (trial, cast.coach, trial.measure)
    assert as_coach.get(page).context["cycles"] == [trial, second]
    assert as_coach.get(page + "edit/").status_code == 403


def test_who_may_plan_with_whom(as_coach, as_facilitator, as_admin, as_newcomer, cast, series):
    agency = cast.northside.agency.pk

    def teams(client, query=""):
        return list(client.get(f"{URL}new/{query}").context["form"].fields["team"].choices)

    assert teams(as_coach) == [(f"{agency}-{cast.coach.pk}", "My team")]
    assert teams(as_facilitator) == [
        (f"{agency}-{cast.supervisor.pk}", "The team of Carol Lindqvist"),
        (f"{agency}-{cast.coach.pk}", "The team of Dae Kim"),
    ]
    assert teams(as_admin) == [(f"{agency}-", "Northside Family Partners")]
    assert as_newcomer.get(f"{URL}new/").context["has_team"] is False
    foreign = {"team": f"{cast.riverbend.agency.pk}-", "series": series}
    assert as_coach.post(f"{URL}new/", plan(**foreign)).status_code == 422
    assert not Experiment.objects.exists()


def test_the_drift_page_of_a_programme_keeps_the_programme(as_admin, as_coach, cast, series):
    for _each in range(11):
        make.review(cast.coach, cast.facilitator)
    agency = cast.northside.agency.pk

    programme = as_admin.get(f"/fidelity/programmes/{agency}/drift/?series={series}")
    own = as_coach.get(f"/fidelity/team/drift/?series={series}")

    link = f"/fidelity/experiments/new/?series={series}"
    assert f"{link}&amp;team={agency}-" in programme.content.decode()
    assert f'{link}"' in own.content.decode()


def test_the_lists_ask_few_queries(as_coach, cast, django_assert_max_num_queries):
    first = make.experiment(cast)
    first.begin(by=cast.coach)
    first.decide("adapt", by=cast.coach, done="", learned="Much")
    for _each in range(3):
        make.experiment(cast)
    for url in (URL, f"{URL}new/", first.get_absolute_url()):
        with django_assert_max_num_queries(15):
            as_coach.get(url)
