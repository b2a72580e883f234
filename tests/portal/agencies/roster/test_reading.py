"""From a file to rows, or to what is wrong by row and column."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agencies.models import Role
from portal.agencies.roster.cells import bare, escaped, looks_like_a_formula, tidied
from portal.agencies.roster.export import SAMPLE, written
from portal.agencies.roster.reading import Problem, Row, read

HEADER = b"email,name,role\n"
ANA = b"ana@example.org,Ana Ruiz,facilitator\n"


def told(content):
    return [(p.line, p.column, p.words) for p in read(content).problems]


def test_a_row_is_read():
    content = (
        b"email,name,role,since,until,supervisor_email,coach_email\n"
        b" Ana@Example.org , Ana  Ruiz ,Peer Partner,2026-11-01,2027-01-31,"
        b"b@x.org a@x.org,c@x.org\n"
    )

    assert read(content).rows == [
        Row(
            2, "ana@example.org", "Ana Ruiz", "peer_partner", date(2026, 11, 1),
            date(2027, 1, 31), ("a@x.org", "b@x.org"), ("c@x.org",),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        HEADER + ANA,
        b"\xef\xbb\xbf" + HEADER + ANA,  # Excel's mark
        (HEADER + ANA).replace(b",", b";"),  # Excel in Spanish
        (HEADER + ANA).replace(b",", b"\t"),
        (HEADER + ANA).replace(b"\n", b"\r\n"),
        b"\n\n" + HEADER + b"\n , ,\n" + ANA + b"\n\n",
        b"Role,EMAIL,Name\nfacilitator,ana@example.org,Ana Ruiz\n",
        HEADER + b'ana@example.org,"Ana\nRuiz",facilitator\n',
    ],
)
def test_the_same_rows_in_other_clothes(content):
    reading = read(content)

    assert reading.problems == []
    assert [(r.email, r.name, r.role) for r in reading.rows] == [
        ("ana@example.org", "Ana Ruiz", "facilitator")
    ]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", None, "The file is empty"),
        (b" \n\n ", None, "The file is empty"),
        (HEADER, None, "The file has no people in it"),
        ((HEADER + ANA).decode().encode("utf-16"), None, "written in UTF-16"),
        ((HEADER + ANA).decode().encode("utf-16-le"), 1, "something that is not text"),
        (HEADER + ANA + "b@x.org,Zoë,coach".encode("latin-1"), 3, "not written in UTF-8"),
        (HEADER + b"ana@example.org,Ana\x00Ruiz,coach", 2, "something that is not text"),
        (b"PK\x03\x04 a workbook", None, "This is a workbook"),
        (HEADER + b'ana@example.org,"Ana,coach\n', 2, "A quotation mark is open"),
        (HEADER + b"a" * 200_000 + b"," + ANA, 2, "far too long"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, line, words):
    [(where, _column, said)] = told(content)

    assert where == line
    assert words in said


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (b"email,name\n", ["role"]),
        (b"address,who\n", ["email", "name", "role"]),
        (b"email,name,role,email\n", ["email"]),
    ],
)
def test_columns_that_are_missing_or_twice_are_named(header, columns):
    assert [column for _line, column, _words in told(header + ANA)] == columns


def test_columns_that_we_do_not_know_are_named():
    assert read(b"email,name,role,phone\nana@example.org,Ana,coach,1\n").not_read == ["phone"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("no address,Ana,coach,,,,", "email", "Write an email address"),
        (",Ana,coach,,,,", "email", "Write an email address"),
        ("ana@example.org,,coach,,,,", "name", "Write the person's name"),
        (f"ana@example.org,{'a' * 121},coach,,,,", "name", "Shorten the name"),
        ("ana@example.org,Ana,learner,,,,", "role", "Write one of these roles"),
        ("ana@example.org,Ana,coach,11/30/2026,,,", "since", "like 2026-11-30"),
        ("ana@example.org,Ana,coach,2026-02-30,,,", "since", "like 2026-11-30"),
        ("ana@example.org,Ana,coach,0001-01-01,,,", "since", "like 2026-11-30"),
        ("ana@example.org,Ana,coach,2026-02-03,2026-02-02,,", "until", "not before the first"),
        ("ana@example.org,Ana,coach,,,carol,", "supervisor_email", "is not an email address"),
        ("ana@example.org,Ana,coach,,,,ana@example.org", "coach_email", "someone else's"),
        ("ana@example.org,=HYPERLINK(1),coach,,,,", "name", "begins with “=”"),
        ("+ana@example.org,Ana,coach,,,,", "email", "begins with “+”"),
        ("ana@example.org,@SUM(1),coach,,,,", "name", "begins with “@”"),
        ("ana@example.org,-1+1,coach,,,,", "name", "begins with “-”"),
    ],
)
def test_a_cell_that_is_wrong_is_told_by_row_and_column(row, column, words):
    header = "email,name,role,since,until,supervisor_email,coach_email\n"
    [(line, where, said)] = told((header + row).encode())

    assert (line, where) == (2, column)
    assert words in said


def test_the_same_person_twice_in_a_role_is_told():
    assert told(HEADER + ANA + ANA) == [
        (3, "email", "This person has this role in row 2 already. Leave one of them out.")
    ]


def test_two_roles_are_two_rows_with_one_name():
    assert told(HEADER + ANA + b"ana@example.org,Ana Ruiz,coach\n") == []
    assert [p[:2] for p in told(HEADER + ANA + b"ana@example.org,A. Ruiz,coach\n")] == [(3, "name")]


def test_all_that_is_wrong_is_told_at_once():
    assert len(told(HEADER + b"x,,y\n" * 3)) == 11  # nine cells, and the same address thrice


def test_a_file_that_is_wrong_throughout_is_not_read_to_its_end():
    problems = read(HEADER + b"nobody,,boss\n" * 2000).problems

    assert (len(problems), problems[-1].line) == (1002, 335)


def test_more_rows_than_the_limit_are_refused():
    content = HEADER + b"".join(b"p%d@x.org,P,coach\n" % n for n in range(50_001))

    assert told(content) == [(None, "", "The file has more than 50,000 rows. Split it in two.")]


def test_the_sample_is_a_roster():
    assert read(written(SAMPLE)).rows == list(SAMPLE)


@given(st.text(max_size=60))
def test_a_cell_comes_back_as_it_was(text):
    assert bare(escaped(text)) == text


@given(st.text(alphabet="=+-@'a", max_size=6))
def test_no_written_cell_is_a_formula(text):
    assert not looks_like_a_formula(escaped(text))
    assert bare(escaped(text)) == text


names = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@'\";,\n"))
    .map(tidied)
    .filter(lambda name: name and len(name) <= 120)
)
addresses = st.from_regex(r"[a-z+=\-]{1,9}[a-z0-9]@[a-z]{1,9}\.org", fullmatch=True)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(
    st.lists(
        st.builds(
            lambda email, name, role, span, seniors: (email, name, role, *span, seniors),
            addresses,
            names,
            st.sampled_from(Role.values),
            st.tuples(days, days).map(sorted) | st.just((None, None)),
            st.sets(addresses, max_size=2).map(lambda found: tuple(sorted(found))),
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda given: given[0],
    )
)
def test_what_is_written_is_read_back(given):
    rows = [
        Row(0, email, name, role, since, until, tuple(a for a in seniors if a != email))
        for email, name, role, since, until, seniors in given
    ]
    reading = read(written(rows))

    assert reading.problems == []
    assert [(r.email, r.name, r.role, r.since, r.until, r.supervisors) for r in reading.rows] == [
        (r.email, r.name, r.role, r.since, r.until, r.supervisors) for r in rows
    ]


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content):
    reading = read(content)

    assert reading.rows or reading.problems


@given(st.binary(max_size=200))
def test_no_row_breaks_the_reader(content):
    assert all(isinstance(problem, Problem) for problem in read(HEADER + content).problems)
