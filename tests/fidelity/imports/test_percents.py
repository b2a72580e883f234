"""Percent scores of a licensed tool: each fault is named, nothing is half-stored, twice is once."""

from datetime import date, datetime
from pathlib import Path

import pytest

from fidelity.imports import percent_store
from fidelity.models import Answer, Imported, Instrument, MonthSum, Review, Score, Upload
from fidelity.tasks import forget_uploads, work_on_uploads
from portal.audit.models import Entry
from tests.fidelity import make

pytestmark = pytest.mark.django_db
HEAD = "worker,date,record id,Overall,Teamwork\n"
GOOD = (
    HEAD
    + "amara@example.org,2026-05-04,1,72%,64.5\n"
    + "Benito@example.org,2026-05-05,2,80,\n"
    + "amara@example.org,2026-06-01,3,75%,70\n"
)


def handed_in(cast, text=GOOD, **columns):
    upload = make.upload(
        cast.admin, cast.northside.agency, text.encode() if isinstance(text, str) else text
    )
    upload.map(
        {
            "person": "worker",
            "day": "date",
            "day_format": "%Y-%m-%d",
            "source": "family_survey",
            "scores": {"Overall": "overall", "Teamwork": "teamwork"},
            "key": "record id",
            "version": None,
            "name": "A licensed tool",
            **columns,
        }
    )
    work_on_uploads()
    upload.refresh_from_db()
    return upload


def stored(upload):
    assert upload.problems == []
    assert upload.confirm()
    work_on_uploads()
    upload.refresh_from_db()
    return upload


def again(cast, text=GOOD):
    version = Instrument.objects.get(name="A licensed tool").versions.get()
    return stored(handed_in(cast, text, version=version.pk, name=""))


def test_a_file_becomes_submitted_and_released_reviews_of_a_new_instrument(cast):
    upload = handed_in(cast)
    assert {k: upload.found[k] for k in ("new", "changed", "unchanged")} == {
        "new": 3,
        "changed": 0,
        "unchanged": 0,
    }
    assert not Review.objects.exists()

    upload = stored(upload)

    assert upload.found == {"new": 3, "changed": 0, "unchanged": 0}
    assert upload.file.name == ""
    version = Instrument.objects.get(agency=cast.northside.agency).versions.get()
    assert version.published_at
    first = Review.objects.get(imported__key="1")
    assert (first.subject, first.practised_on, first.source, first.team) == (
        cast.facilitator,
        date(2026, 5, 4),
        "family_survey",
        cast.supervisor,
    )
    assert first.is_released
    found = Score.objects.filter(review__imported__key="2").order_by("measure__place")
    assert [(score.value, score.reason) for score in found] == [
        (80.0, ""),
        (None, "item_without_value"),
    ]
    assert not Answer.objects.exists()  # each score is one item's, and says it
    tallied = MonthSum.objects.filter(measure__key="overall").values_list("month", "n", "total")
    assert sorted((on.month, n, float(total)) for on, n, total in tallied) == [
        (5, 2, 152.0),
        (6, 1, 75.0),
    ]
    assert Entry.objects.filter(kind="scores.imported", actor_id=cast.admin.pk).count() == 1


def test_the_same_file_again_changes_nothing_and_a_changed_row_is_named_and_changed(cast):
    stored(handed_in(cast))
    before = set(Review.objects.values_list())

    assert again(cast).found == {"new": 0, "changed": 0, "unchanged": 3}
    assert set(Review.objects.values_list()) == before

    other = GOOD.replace("06-01,3,75%,70", "07-01,3,90%,70")
    version = Instrument.objects.get(name="A licensed tool").versions.get()
    checked = handed_in(cast, other, version=version.pk, name="")
    assert checked.found["changes"] == [[4, "3"]]
    assert stored(checked).found == {"new": 0, "changed": 1, "unchanged": 2}
    changed = Review.objects.get(imported__key="3")
    assert changed.practised_on == date(2026, 7, 1)
    assert set(changed.scores.values_list("value", flat=True)) == {90.0, 70.0}
    assert again(cast, other).found["unchanged"] == 3
    assert Imported.objects.count() == 3
    months = MonthSum.objects.filter(n__gt=0, measure__key="overall").values_list(
        "month", flat=True
    )
    assert {month.month for month in months} == {5, 7}


def test_however_many_batches_a_file_has_each_table_is_written_once(
    cast, monkeypatch, django_assert_max_num_queries
):
    stored(handed_in(cast))
    monkeypatch.setattr(percent_store, "BATCH", 1)
    more = "".join(f"amara@example.org,2026-08-{day:02},n{day},50,60\n" for day in range(1, 9))

    with django_assert_max_num_queries(200) as asked:
        upload = again(cast, GOOD.replace("1,72%", "1,42%").replace("3,75%", "3,45%") + more)

    assert upload.found == {"new": 8, "changed": 2, "unchanged": 1}
    written = [query["sql"] for query in asked.captured_queries]
    assert sum("INSERT INTO fidelity_score" in sql for sql in written) == 1
    assert sum("UPDATE fidelity_review" in sql for sql in written) == 1
    tallied = MonthSum.objects.filter(measure__key="overall").values_list("month", "n", "total")
    assert sorted((on.month, n, float(total)) for on, n, total in tallied) == [
        (5, 2, 122.0),
        (6, 1, 45.0),
        (8, 8, 400.0),
    ]


def test_without_a_column_that_names_rows_person_and_day_do(cast):
    stored(handed_in(cast, key=""))
    version = Instrument.objects.get(name="A licensed tool").versions.get()

    found = handed_in(cast, key="", version=version.pk, name="").found

    assert (found["new"], found["unchanged"]) == (0, 3)


BAD = [
    ("nobody@example.org,2026-05-04,9,72,60", "worker", "Nobody at the agency has this address"),
    ("amara@example.org,05/04/2026,9,72,60", "date", "Write the day as year-month-day"),
    ("amara@example.org,2199-05-04,9,72,60", "date", "This day is not over yet"),
    ("amara@example.org,2026-05-04,9,101,60", "Overall", "Write a percent from 0 to 100"),
    ("amara@example.org,2026-05-04,9,-1,60", "Overall", "Write a percent from 0 to 100"),
    ("amara@example.org,2026-05-04,9,nan,60", "Overall", "Write a percent from 0 to 100"),
    ("amara@example.org,2026-05-04,=cmd(),72,60", "record id", "a spreadsheet would run it"),
    ("amara@example.org,2026-05-04,1,72,60", "record id", "Line 2 has this row already"),
    ("amara@example.org,2026-05-04,9,,", "", "This row has no score"),
    ("amara@example.org,2026-05-04,9,72", "", "This line has 4 cells, and the first line 5"),
    ('amara@example.org,2026-05-04,9,"72,60', "", "A quotation mark is open"),
]


@pytest.mark.parametrize(("line", "column", "words"), BAD)
def test_each_bad_line_is_named_and_nothing_is_stored(cast, line, column, words):
    upload = handed_in(cast, GOOD + line + "\n")

    assert [(p["line"], p["column"]) for p in upload.problems] == [(5, column)]
    assert words in upload.problems[0]["words"]
    assert not upload.confirm()
    work_on_uploads()
    assert not Review.objects.exists()
    assert not Instrument.objects.filter(agency=cast.northside.agency).exists()


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (GOOD.encode("utf-16"), 1, "UTF-16"),
        (b"PK\x03\x04rest", 1, "workbook"),
        (GOOD.encode() + "jos\u00e9@example.org,2026-05-04,9,1,1\n".encode("latin-1"), 5, "UTF-8"),
        (HEAD.encode(), 1, "no rows"),
        (HEAD.replace("Teamwork", "Team").encode(), 1, "This column is missing"),
        (HEAD.replace("Teamwork", "Overall").encode(), 1, "twice"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_where(cast, content, line, words):
    upload = handed_in(cast, content)

    assert upload.problems[0]["line"] == line
    assert words in upload.problems[0]["words"]


def test_a_row_that_went_bad_after_the_yes_stores_nothing(cast):
    upload = handed_in(cast)
    assert upload.confirm()
    cast.peer_partner.positions.all().delete()

    work_on_uploads()

    upload.refresh_from_db()
    assert (upload.confirmed_at, upload.stored_at) == (None, None)
    assert upload.problems[0]["line"] == 3
    assert not Review.objects.exists()


def test_another_worker_leaves_what_one_has(cast):
    upload = handed_in(cast)
    upload.confirm()
    Upload.objects.filter(pk=upload.pk).update(claimed_at=datetime.fromisoformat("2199-01-01T00Z"))

    work_on_uploads()

    assert not Review.objects.exists()


def test_what_nobody_said_yes_to_is_forgotten_after_a_day(cast):
    upload = handed_in(cast)
    Upload.objects.update(uploaded_at="2026-01-01T00:00Z", expires_at="2026-01-02T00:00Z")
    path = Path(upload.file.path)
    assert path.exists()

    forget_uploads()

    assert not Upload.objects.exists()
    assert not path.exists()
