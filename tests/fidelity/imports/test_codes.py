"""From lines to counts, and every way in which lines can be wrong."""

import pytest

from fidelity.imports.codes import COLUMNS, CannotRead, read

THERAPIST = {
    "transcript_id": "0",
    "mi_quality": "high",
    "topic": "moving more",
    "utterance_id": "0",
    "interlocutor": "therapist",
    "timestamp": "00:00:13",
    "annotator_id": "3",
    "therapist_input_exists": "False",
    "therapist_input_subtype": "n/a",
    "reflection_exists": "True",
    "reflection_subtype": "complex",
    "question_exists": "False",
    "question_subtype": "n/a",
    "main_therapist_behaviour": "reflection",
    "client_talk_type": "n/a",
}
CLIENT = dict.fromkeys(COLUMNS, "n/a") | {
    "transcript_id": "0",
    "mi_quality": "high",
    "topic": "moving more",
    "utterance_id": "1",
    "interlocutor": "client",
    "timestamp": "00:00:20",
    "annotator_id": "3",
    "client_talk_type": "change",
}
HEADER = ",".join(COLUMNS)


def line(row, **changes):
    return ",".join((row | changes)[column] for column in COLUMNS)


def problems(*lines):
    """The bad lines of a file with these rows, in words."""
    with pytest.raises(CannotRead) as refused:
        read([HEADER, *lines])
    return [str(bad) for bad in refused.value.lines]


def reason(lines):
    with pytest.raises(CannotRead) as refused:
        read(lines)
    assert refused.value.lines == []
    return refused.value.reason


def test_a_coding_counts_what_one_annotator_heard():
    question = {
        "utterance_id": "2",
        "reflection_exists": "False",
        "reflection_subtype": "n/a",
        "question_exists": "True",
        "question_subtype": "open",
    }
    (coding,) = read([HEADER, line(THERAPIST), line(CLIENT), line(THERAPIST, **question)])

    assert (coding.transcript, coding.annotator, coding.quality) == ("0", "3", "high")
    assert coding.counts == {
        "simple-reflections": 0,
        "complex-reflections": 1,
        "open-questions": 1,
        "closed-questions": 0,
        "information": 0,
        "advice": 0,
    }


def test_two_annotators_of_a_conversation_are_two_codings():
    codings = read([HEADER, line(THERAPIST), line(THERAPIST, annotator_id="4")])

    assert [(coding.transcript, coding.annotator) for coding in codings] == [("0", "3"), ("0", "4")]


def test_columns_may_stand_in_another_order():
    order = COLUMNS[::-1]
    (coding,) = read([",".join(order), ",".join(THERAPIST[column] for column in order)])

    assert coding.counts["complex-reflections"] == 1


def test_an_unknown_annotator_is_named_with_what_is_allowed():
    assert problems(line(THERAPIST), line(CLIENT, annotator_id="10")) == [
        'Line 3, annotator_id: found "10"; allowed are 0 to 9.'
    ]


def test_an_unknown_code_is_named():
    assert problems(line(THERAPIST, reflection_subtype="deep")) == [
        'Line 2, reflection_subtype: found "deep"; allowed are complex, n/a, simple.'
    ]


def test_a_truncated_line_is_named():
    assert problems(line(THERAPIST), "0,high,moving") == [
        'Line 3, whole line: found "0,high,moving"; a line has 15 cells (was the file cut off?).'
    ]


def test_a_line_with_a_comma_too_many_is_not_called_cut_off():
    [said] = problems(f"{line(THERAPIST)},more")
    assert said.endswith("; a line has 15 cells, and this one 16 (is a comma too many in it?).")


def test_a_kind_must_go_with_its_code():
    assert problems(line(THERAPIST, reflection_subtype="n/a")) == [
        'Line 2, reflection_subtype: found "n/a"; allowed is a kind (such as simple) where '
        "reflection_exists is True, else n/a."
    ]


def test_a_repeated_row_is_named_with_the_first():
    assert problems(line(THERAPIST), line(CLIENT), line(THERAPIST)) == [
        'Line 4, transcript_id, utterance_id, annotator_id: found "0, 0, 3"; '
        "allowed once, and line 2 has it already."
    ]


def test_a_conversation_has_one_quality():
    assert problems(line(THERAPIST), line(CLIENT, mi_quality="low", annotator_id="5")) == [
        'Line 3, mi_quality: found "low"; earlier lines of this conversation say "high".'
    ]


def test_every_bad_line_is_named_at_once():
    assert len(problems(line(THERAPIST, annotator_id="x"), line(CLIENT, utterance_id="-1"))) == 2


def test_a_missing_column_is_named():
    assert reason([HEADER.replace("annotator_id", "annotator")]).startswith(
        "The first line lacks the columns: annotator_id. Export the codes with all of: "
    )


def test_an_empty_file_says_so():
    assert reason([]) == "The file is empty. Get it again from where it came from."


def test_a_header_alone_says_so():
    assert reason([HEADER]) == "The file has a header and no rows. Get the file again."


def test_an_open_quote_says_where():
    assert reason([HEADER, line(THERAPIST), '0,"high']).startswith("Line 3 cannot be read as CSV")


def test_progress_hears_of_each_line():
    heard = []
    read([HEADER, line(THERAPIST), line(CLIENT)], on_row=heard.append)

    assert heard == [2, 3]
