"""Agreement on the utterances of recordings that several coded, out of the portal's own rows."""

import csv

import pytest
from django.core.management import call_command
from django.db import transaction

from fidelity.agreement.utterances import agreement
from fidelity.models import Utterances
from tests.fidelity.imports import real_codes

pytestmark = pytest.mark.django_db
URL = "/fidelity/codings/utterances/"


def test_the_seven_conversations_that_ten_experts_coded(
    as_supervisor, as_person, cast, django_assert_max_num_queries
):
    path = real_codes.path()
    call_command("import_codes", path, agency=cast.northside.agency.name)

    with django_assert_max_num_queries(15):
        response = as_supervisor.get(URL)
    tables = response.context["tables"]

    with path.open(newline="", encoding="utf-8") as file:
        codes = agreement(csv.DictReader(file))  # from the file, past the database
    lines = [line for table in tables for line in table.lines]
    assert [line.times for line in lines] == [code.times for code in codes]
    assert [line.kappa.value for line in lines] == [f"{code.kappa.value:.2f}" for code in codes]
    assert tables[0].foot == "n 216 utterances of 7 conversations, by 10 outside annotators."
    whole = tables[0].lines[0]
    assert (whole.exact.value, whole.kappa.value) == ("80%", "0.74")
    assert whole.kappa.interval == "0.69 to 0.78"
    assert as_person(cast.riverbend.supervisor).get(URL).context["tables"] == []

    with transaction.atomic():  # as an import of its own would write: a test is one transaction
        Utterances.objects.update(lines=[])
    assert as_supervisor.get(URL).context["tables"] == []
