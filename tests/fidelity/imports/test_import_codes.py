"""`manage.py import_codes` on the real codes, and on files that are wrong."""

import csv
import time
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from fidelity.models import Answer, Recording, Review, Score, Utterances
from portal.audit.models import Entry
from tests import make
from tests.fidelity.imports import real_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make.agency("Northside Family Partners")


@pytest.fixture
def real():
    return real_codes.path()


@pytest.fixture
def changed_copy(real, tmp_path):
    """A copy of the real file with one line replaced."""

    def copy(number, words):
        lines = real.read_text(encoding="utf-8").splitlines()
        lines[number - 1] = words
        copied = tmp_path / "codes.csv"
        copied.write_text("\n".join(lines), encoding="utf-8")
        return copied

    return copy


def counted_independently(path):
    """Counts by conversation and annotator, straight from the rows: csv and Counter only."""
    tally: dict[tuple[str, str], Counter] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            tally.setdefault((row["transcript_id"], row["annotator_id"]), Counter()).update(
                [row["reflection_subtype"], row["question_subtype"], row["therapist_input_subtype"]]
            )
    return tally


def stored_state():
    return (
        list(Recording.objects.order_by("pk").values_list()),
        list(Review.objects.order_by("pk").values_list()),
        list(Answer.objects.order_by("pk").values_list()),
        list(Score.objects.order_by("pk").values_list()),
        list(Utterances.objects.order_by("pk").values_list()),
    )


def run(path, capsys, **options):
    call_command("import_codes", path, **options)
    return capsys.readouterr().out


def test_one_review_per_conversation_and_annotator(agency, real, capsys):
    said = run(real, capsys)

    assert said.startswith(
        "196 codings for Northside Family Partners: 196 new, 0 changed, 0 unchanged"
    )
    assert Recording.objects.count() == 133
    by_quality = Counter(Review.objects.values_list("recording__quality", flat=True))
    assert by_quality == {"high": 155, "low": 41}


def test_counts_of_all_196_are_those_of_an_independent_count(agency, real, capsys):
    run(real, capsys)

    stored: dict[tuple[str, str], dict[str, float]] = {}
    for transcript, annotator, item, value in Answer.objects.values_list(
        "review__recording__key", "review__annotator", "item__key", "value"
    ):
        stored.setdefault((transcript, annotator.removeprefix("annotator ")), {})[item] = value
    assert stored == {
        coding: {
            "simple-reflections": tally["simple"],
            "complex-reflections": tally["complex"],
            "open-questions": tally["open"],
            "closed-questions": tally["closed"],
            "information": tally["information"],
            "advice": tally["advice"],
        }
        for coding, tally in counted_independently(real).items()
    }


def test_scores_of_all_196_are_those_of_an_independent_computation(agency, real, capsys):
    run(real, capsys)

    stored: dict[tuple[str, str], dict[str, float | None]] = {}
    for transcript, annotator, measure, value in Score.objects.values_list(
        "review__recording__key", "review__annotator", "measure__key", "value"
    ):
        stored.setdefault((transcript, annotator.removeprefix("annotator ")), {})[measure] = value
    expected = {}
    for coding, tally in counted_independently(real).items():
        reflections = tally["simple"] + tally["complex"]
        questions = tally["open"] + tally["closed"]
        percent = 100 * tally["complex"] / reflections if reflections else None
        ratio = reflections / questions if questions else None
        expected[coding] = {
            "percent-complex-reflections": percent and pytest.approx(percent, abs=1e-9),
            "reflection-to-question-ratio": ratio and pytest.approx(ratio, abs=1e-9),
        }
    assert stored == expected
    # 18 codings without a reflection, 4 without a question: not computable, not 0.
    without_value = Counter(Score.objects.filter(value=None).values_list("measure__key", "reason"))
    assert without_value == {
        ("percent-complex-reflections", "zero_denominator"): 18,
        ("reflection-to-question-ratio", "zero_denominator"): 4,
    }


def test_a_second_run_changes_nothing(agency, real, capsys):
    run(real, capsys)
    before = stored_state()

    assert ": 0 new, 0 changed, 196 unchanged" in run(real, capsys)
    assert stored_state() == before
    assert Entry.objects.filter(kind="codings.imported").count() == 1


def test_codings_from_before_lines_were_kept_get_theirs(agency, real, capsys):
    run(real, capsys)
    Utterances.objects.all().delete()

    assert ": 0 new, 196 changed, 0 unchanged" in run(real, capsys)
    assert sum(len(lines) for lines in Utterances.objects.values_list("lines", flat=True)) == 13551


def test_a_changed_file_changes_only_what_changed(agency, real, changed_copy, capsys):
    run(real, capsys)
    (review,) = Review.objects.filter(recording__key="0")
    others = Answer.objects.exclude(review=review).order_by("pk")
    before = list(others.values_list())
    # Line 2 is an open question of conversation 0: now a closed one.
    line = real.read_text(encoding="utf-8").splitlines()[1]

    said = run(changed_copy(2, line.replace("True,open", "True,closed")), capsys)

    assert ": 0 new, 1 changed, 195 unchanged" in said
    assert list(others.values_list()) == before
    questions = dict(
        review.answers.filter(item__key__endswith="questions").values_list("item__key", "value")
    )
    tally = counted_independently(real)["0", "3"]
    assert questions == {
        "open-questions": tally["open"] - 1,
        "closed-questions": tally["closed"] + 1,
    }
    assert review.scores.count() == 2


def test_codings_that_a_later_file_lacks_stay(agency, real, tmp_path, capsys):
    run(real, capsys)
    shorter = tmp_path / "codes.csv"
    rows = real.read_text(encoding="utf-8").splitlines()
    shorter.write_text("\n".join(row for row in rows if not row.startswith("0,")))

    assert "1 from earlier are not in this file; they stay." in run(shorter, capsys)
    assert Review.objects.count() == 196


def test_it_is_done_in_ten_seconds(agency, real, capsys):
    began = time.monotonic()
    run(real, capsys)

    assert time.monotonic() - began < 10


def test_the_named_agency_owns_the_codings(agency, real, capsys):
    other = make.agency("Riverbend Wraparound")
    run(real, capsys, agency="riverbend wraparound")

    assert set(Review.objects.values_list("agency", flat=True)) == {other.pk}


def test_an_unknown_agency_is_told_which_there_are(agency, real):
    with pytest.raises(CommandError, match=r'no agency "Westside"\. Choose one of: Northside'):
        call_command("import_codes", real, agency="Westside")


def test_without_an_agency_it_says_what_to_do(real):
    with pytest.raises(CommandError, match=r"no agency yet\. Start the portal with \./run"):
        call_command("import_codes", real)


def refused(path):
    """What is said of a file that is not taken; nothing may have been stored."""
    with pytest.raises(CommandError) as why:
        call_command("import_codes", path)
    assert stored_state() == ([], [], [], [], [])
    first, *rest = str(why.value).splitlines()
    assert first == f"{path.name} was not imported, and nothing was changed."
    return rest


def test_one_bad_line_among_thousands_stores_nothing(agency, real, changed_copy):
    assert refused(changed_copy(9000, "17,high"))[1:] == [
        '  Line 9000, whole line: found "17,high"; a line has 15 cells (was the file cut off?).'
    ]


def test_many_bad_lines_are_counted_after_the_first_twenty(agency, real, tmp_path):
    spoilt = tmp_path / "codes.csv"
    spoilt.write_text(real.read_text(encoding="utf-8").replace(",therapist,", ",chatbot,"))

    said = refused(spoilt)
    assert len(said) == 22
    assert said[1] == '  Line 2, interlocutor: found "chatbot"; allowed are client, therapist.'
    assert said[-1] == "  and 6,806 more."


def test_another_encoding_is_named_with_the_line(agency, tmp_path):
    latin = tmp_path / "codes.csv"
    latin.write_bytes(b"transcript_id\n0\n1,caf\xe9\n")

    assert refused(latin) == [
        "Line 3 is not UTF-8 text. Save the file with the encoding UTF-8 and run this again."
    ]


def test_a_byte_order_mark_does_no_harm(agency, real, tmp_path, capsys):
    marked = tmp_path / "codes.csv"
    marked.write_bytes(b"\xef\xbb\xbf" + real.read_bytes())

    assert "196 new" in run(marked, capsys)


def test_an_empty_file(agency, tmp_path):
    empty = tmp_path / "codes.csv"
    empty.touch()

    assert refused(empty) == ["The file is empty. Get it again from where it came from."]


def test_no_file_and_a_folder(agency, tmp_path):
    assert refused(tmp_path / "none.csv") == ["There is no such file. Check the path."]
    assert refused(tmp_path) == ["That is a folder. Give the path of the file in it."]


def test_a_bar_on_a_terminal(agency, real, capsys, monkeypatch):
    from io import StringIO

    class Terminal(StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    call_command("import_codes", real, stdout=screen, no_color=True)

    assert f"[{'#' * 30}] 13,552 of 13,552 lines\n196 codings" in screen.getvalue()
