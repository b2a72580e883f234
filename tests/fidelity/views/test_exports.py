"""Scores as a file: columns defined, no formulas, small cells left out, kept in the audit."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from fidelity.exports.table import safe
from portal.agencies.models import Supervision
from portal.audit.models import Entry
from tests.fidelity import make
from tests.fidelity.views.test_dashboards import PERCENT, another_team, many

pytestmark = pytest.mark.django_db
TEAM = "/fidelity/team/export/"


def rows_of(answer):
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("url", [TEAM, "/fidelity/programmes/{agency}/export/"])
def test_every_column_is_defined_in_the_codebook(as_supervisor, as_admin, cast, url):
    client = as_admin if "programmes" in url else as_supervisor
    url = url.format(agency=cast.northside.agency.pk)
    many(cast, 5, cast.facilitator, 12)

    rows = rows_of(client.get(url, {"format": "csv"}))
    codebook = rows_of(client.get(url, {"format": "codebook"}))

    assert rows
    assert [line["column"] for line in codebook] == list(rows[0])
    assert all(line["kind"] and line["meaning"] for line in codebook)


def test_a_team_is_exported_as_filtered_with_what_is_not_computable(as_supervisor, cast):
    many(cast, 5, cast.facilitator, 1)
    many(cast, 6, cast.facilitator, 1, value=61.25)
    make.draft(cast.coach, cast.facilitator).submit(by=cast.coach, entries={})

    found = rows_of(as_supervisor.get(TEAM, {"series": PERCENT, "since": "2025-06"}))

    assert [(r["person"], r["practised_on"], r["value"], r["reason"]) for r in found] == [
        ("Amara Okafor", "2025-06-01", "61.25", ""),
        ("Amara Okafor", "2026-11-02", "", "item_without_value"),
    ]
    answers = rows_of(as_supervisor.get(TEAM, {"rows": "answers", "until": "2025-05"}))
    assert [(r["state"], r["value"]) for r in answers] == [("observed", "2.0")]


def test_a_name_that_is_a_formula_is_no_formula_in_any_file(as_supervisor, cast):
    cast.facilitator.name = "=HYPERLINK(1)"
    cast.facilitator.save()
    many(cast, 5, cast.facilitator, 1)

    assert rows_of(as_supervisor.get(TEAM))[0]["person"] == "'=HYPERLINK(1)"
    book = zipfile.ZipFile(io.BytesIO(as_supervisor.get(TEAM, {"format": "xlsx"}).content))
    sheets = "".join(
        book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")
    )
    assert "HYPERLINK" in sheets
    assert "<f>" not in sheets
    assert "zero_denominator" in sheets  # the codebook is in it


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\r=1", "＝1"])
def test_what_a_spreadsheet_would_run_is_text(text):
    assert safe(text) == f"'{text}"


def test_what_it_would_not_run_stays():
    assert [safe(cell) for cell in ("a=1", -1.5, None, date(2026, 1, 1))] == [
        "a=1", -1.5, None, date(2026, 1, 1),
    ]  # fmt: skip


def test_paper_has_the_rows_and_the_codebook(as_supervisor, cast):
    many(cast, 5, cast.facilitator, 2)

    paper = PdfReader(io.BytesIO(as_supervisor.get(TEAM, {"format": "pdf"}).content))

    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert text.count("Amara Okafor") == 2
    assert "What the columns mean" in text


def test_a_programme_is_exported_without_small_cells(as_admin, cast):
    Supervision.objects.update(since=datetime(2024, 1, 1, tzinfo=UTC))
    zora = another_team(cast)
    many(cast, 1, cast.facilitator, 9)
    many(cast, 1, zora, 20)
    many(cast, 2, cast.facilitator, 15, value=40.0)
    many(cast, 2, zora, 15)
    url = f"/fidelity/programmes/{cast.northside.agency.pk}/export/"

    found = rows_of(as_admin.get(url, {"series": PERCENT}))

    assert [(r["group"], r["period"], r["n"], r["mean"]) for r in found] == [
        ("whole programme", "Jan 2025", "29", "50.0"),
        ("whole programme", "Feb 2025", "30", "45.0"),
        ("Team of Carol Lindqvist", "Feb 2025", "15", "40.0"),
        ("Team of Zora Ek", "Feb 2025", "15", "50.0"),
    ]


def test_each_export_is_kept_in_the_audit(as_supervisor, as_admin, as_facilitator, cast):
    own = f"/fidelity/people/{cast.facilitator.pk}/export/"
    for client, url in (
        (as_supervisor, TEAM),
        (as_admin, f"/fidelity/programmes/{cast.northside.agency.pk}/export/"),
        (as_facilitator, own),
    ):
        client.get(url)

    kept = Entry.objects.filter(kind="scores.exported").values_list("actor_id", "agency_id")
    northside = cast.northside.agency.pk
    assert set(kept) == {
        (person.pk, northside) for person in (cast.supervisor, cast.admin, cast.facilitator)
    }
    assert as_supervisor.get(TEAM, {"format": "exe"}).status_code == 404
