"""Hours by period, who may see them, and the paper about them."""

import csv
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from communities.attendance_csv import safe
from communities.hours import hours_of
from communities.models import Certificate
from tests.communities import make, make_hours

SPRING = {"first": "2026-01-01", "last": "2026-06-30"}


@pytest.fixture
def circle(cast):
    return make.circle(cast, "Fridays")


def test_my_hours_of_a_period_by_community(cast, circle, as_facilitator):
    other = make.circle(cast, "Mondays")
    make_hours.attended(cast.facilitator, circle, minutes=45)
    make_hours.attended(
        cast.facilitator, circle, starts_at=datetime(2026, 3, 10, 20, tzinfo=UTC), minutes=75
    )
    make_hours.attended(cast.facilitator, other, minutes=90)
    make_hours.attended(cast.facilitator, other, starts_at=datetime(2025, 12, 30, 20, tzinfo=UTC))

    hours = as_facilitator.get("/communities/hours/", SPRING).context["hours"]

    assert hours.total == "3:30"
    assert hours.by_community == [("Fridays", 2, "2:00"), ("Mondays", 1, "1:30")]


def test_only_what_was_held_and_attended_counts(cast, circle):
    make_hours.attended(cast.facilitator, circle)
    absent = make_hours.attended(
        cast.facilitator, circle, starts_at=datetime(2026, 3, 10, 20, tzinfo=UTC)
    )
    absent.correct(came=False, reason="Was ill", by=cast.coach)
    make_hours.attended(cast.coach, circle, starts_at=datetime(2026, 3, 17, 20, tzinfo=UTC))
    coming = make.session(circle, title="To come")
    coming.attendances.create(person=cast.facilitator, way="host")

    first, last = make_hours.HELD.date(), coming.original_day
    hours = hours_of(cast.facilitator, first, last)

    assert [each.title for each in hours.attended] == ["Evoking"]


def test_a_day_is_the_persons_own(cast, circle):
    late = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)  # 30 June, 11 p.m. in New York
    make_hours.attended(cast.facilitator, circle, starts_at=late)
    cast.facilitator.time_zone = "America/New_York"

    june = hours_of(
        cast.facilitator, late.date().replace(month=6), late.date().replace(day=30, month=6)
    )

    assert june.total == "1:00"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"first": "2026-06-30", "last": "2026-01-01"}, "not before the first"),
        ({"first": "soon", "last": "2026-01-01"}, "Enter a date, like"),
        ({"first": "0001-01-01", "last": "9999-12-31"}, "between the years"),
    ],
)
def test_a_period_that_cannot_be_says_why(as_facilitator, given, words):
    answer = as_facilitator.get("/communities/hours/", given)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_supervisor_sees_hours_only_in_what_the_agency_takes_part_in(
    cast, circle, as_supervisor, as_admin
):
    make_hours.attended(cast.facilitator, circle)
    elsewhere = make.community(cast.riverbend.agency, "Elsewhere")
    make_hours.attended(cast.facilitator, elsewhere, minutes=120)
    spanning = make.community(cast.riverbend.agency, "Spanning")
    spanning.span(cast.northside.agency, by=None)
    make_hours.attended(cast.facilitator, spanning, minutes=30)

    for client in (as_supervisor, as_admin):
        page = client.get(f"/communities/hours/people/{cast.facilitator.pk}/", SPRING)
        assert page.context["hours"].total == "1:30"
        assert "Elsewhere" not in page.content.decode()


def test_a_certificate_prints_names_with_any_diacritics(cast, circle, as_facilitator):
    cast.facilitator.name = "Žofia Nguyễn-Łukaszewska Ωμέγα Ирина"
    cast.facilitator.save()
    make_hours.attended(cast.facilitator, circle).correct(came=False, reason="no", by=None)
    marked = make_hours.attended(
        cast.facilitator, circle, starts_at=datetime(2026, 3, 10, 20, tzinfo=UTC), minutes=75
    )
    marked.correct(came=False, reason="Ill", by=None)
    marked.correct(came=True, reason="Came late", by=None)

    made = as_facilitator.post("/communities/hours/certificates/new/", SPRING)
    answer = as_facilitator.get(made.url)

    assert answer["Content-Type"] == "application/pdf"
    words = words_of(answer.content)
    certificate = Certificate.objects.get()
    for each in (
        cast.facilitator.name,
        "Northside Family Partners",
        "1:15 hours",
        "1:15*",
        "put right after",
        "Fridays",
        certificate.spaced_code,
    ):
        assert each in words


def words_of(pdf: bytes) -> str:
    """The text of a PDF, by a reader that is not ours."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_same_hours_have_one_certificate_and_a_correction_makes_another(
    cast, circle, as_facilitator
):
    attendance = make_hours.attended(cast.facilitator, circle)
    make_hours.attended(cast.facilitator, circle, starts_at=datetime(2026, 3, 10, 20, tzinfo=UTC))
    urls = [as_facilitator.post("/communities/hours/certificates/new/", SPRING).url for _ in "ab"]
    before = Certificate.objects.get()

    attendance.correct(came=False, reason="It was another day", by=cast.coach)
    urls.append(as_facilitator.post("/communities/hours/certificates/new/", SPRING).url)

    assert urls[0] == urls[1] != urls[2]
    before.refresh_from_db()
    assert (before.total, Certificate.objects.first().total) == ("2:00", "1:00")


def test_no_hours_make_no_certificate(as_facilitator):
    answer = as_facilitator.post("/communities/hours/certificates/new/", SPRING)

    assert "No session in this time" in answer.content.decode()
    assert not Certificate.objects.exists()


def test_whoever_has_the_paper_checks_its_code_and_reads_no_name(cast, client):
    certificate = make_hours.certificate(
        cast.facilitator,
        attended=[
            {
                "title": "Evoking",
                "community": "Fridays",
                "starts_at": timezone.now().isoformat(),
                "minutes": 90,
                "corrected": False,
            }
        ],
    )

    url = "/communities/hours/certificates/check/"
    right = client.get(url, {"code": certificate.spaced_code.lower()}).content.decode()
    wrong = client.get(url, {"code": "\x00AAAA-AAAA"}).content.decode()

    assert "This code is ours" in right and "1:30" in right
    assert "Okafor" not in right and "Fridays" not in right
    assert "This code is ours" not in wrong
    asked = client.get(url).content.decode()
    assert "(optional)" not in asked and "Type the code" not in asked
    assert "Type the code" in client.get(url, {"code": " "}).content.decode()


def test_hours_cost_the_same_at_any_number(cast, circle, as_facilitator, queries_of):
    url = "/communities/hours/?first=2026-01-01&last=2026-06-30"
    make_hours.attended(cast.facilitator, circle)
    few = queries_of(as_facilitator, url)
    for day in (10, 17, 24):
        make_hours.attended(
            cast.facilitator, circle, starts_at=datetime(2026, 3, day, 20, tzinfo=UTC)
        )

    assert queries_of(as_facilitator, url) == few <= 15


def test_who_came_as_a_spreadsheet_that_runs_no_formula(cast, circle, as_coach, queries_of):
    cast.facilitator.name = '=HYPERLINK("http://evil.example")'
    cast.facilitator.save()
    attendance = make_hours.attended(cast.facilitator, circle)
    attendance.correct(came=False, reason="+1, she left", by=cast.coach)

    url = f"/communities/sessions/{attendance.session_id}/attendance.csv"
    answer = as_coach.get(url)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    _head, row = read_csv(answer.content)
    assert row["Person"] == "'" + cast.facilitator.name
    assert (row["Came"], row["Put right"], row["Put right by"]) == ("no", "yes", "Dae Kim")
    assert row["Why"] == "'+1, she left"
    few = queries_of(as_coach, url)
    for person in (cast.coach, cast.supervisor):
        type(attendance).mark(attendance.session, person, by=cast.coach)
    assert queries_of(as_coach, url) == few
    [*series_rows] = read_csv(
        as_coach.get(f"/communities/series/{attendance.session.series_id}/attendance.csv").content
    )
    assert len(series_rows) == 4


def read_csv(body: bytes) -> list[dict[str, str]]:
    rows = list(csv.reader(body.decode("utf-8-sig").splitlines()))
    return [dict(zip(rows[0], row, strict=True)) for row in rows]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\r=1"])
def test_a_cell_that_begins_a_formula_is_quoted(cell):
    assert safe(cell) == "'" + cell
    assert safe("Dae - Kim") == "Dae - Kim"
