"""Reviews that wait to be stored, in tables that the transaction alone sees and that end with it.

What a file brings comes here in batches; then a few statements write all of it, however many rows
there are. So each trigger that keeps the sums runs once, and the process holds one batch.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from fidelity.imports.copying import copy_lines

# A fresh review is written, one that is here already changes.
REVIEWS = "review bigint, fresh boolean, person bigint, day date, key text, digest text"
ANSWERS = "review bigint, item bigint, state text, value double precision"
SCORES = "review bigint, measure bigint, value double precision, reason text, counted integer"
TABLES = {"staged_review": REVIEWS, "staged_answer": ANSWERS, "staged_score": SCORES}

# What changes loses its answers and scores first: between the two the sums have none of it. With
# submitted_at the database finds the team of that day anew.
CHANGE = """
DELETE FROM fidelity_answer a USING staged_review s WHERE a.review_id = s.review AND NOT s.fresh;
DELETE FROM fidelity_score a USING staged_review s WHERE a.review_id = s.review AND NOT s.fresh;
UPDATE fidelity_review r SET subject_id = s.person, practised_on = s.day, version_id = %(version)s,
        team_id = NULL, submitted_at = r.submitted_at
    FROM staged_review s WHERE r.id = s.review AND NOT s.fresh;
UPDATE fidelity_imported i SET digest = s.digest
    FROM staged_review s WHERE i.review_id = s.review AND NOT s.fresh;
"""
FILL = """
INSERT INTO fidelity_answer (review_id, item_id, state, value, text, note)
    SELECT review, item, state, value, '', '' FROM staged_answer;
INSERT INTO fidelity_score (review_id, measure_id, value, reason, counted)
    SELECT review, measure, value, reason, counted FROM staged_score;
"""
# The reviews last: the sums count once, when all that they hold is there.
ADD = """
INSERT INTO fidelity_release (review_id, by_id, at)
    SELECT review, %(by)s, %(at)s FROM staged_review WHERE fresh;
INSERT INTO fidelity_imported (review_id, agency_id, instrument_id, source, key, digest)
    SELECT review, %(agency)s, %(instrument)s, %(source)s, key, digest
    FROM staged_review WHERE fresh;
INSERT INTO fidelity_review (id, agency_id, version_id, subject_id, annotator, source,
        practised_on, started_at, submitted_at)
    SELECT review, %(agency)s, %(version)s, person, %(annotator)s, %(source)s, day, %(at)s, %(at)s
    FROM staged_review WHERE fresh;
"""


def begin() -> None:
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")


def stage(table: str, lines: Iterable[str]) -> None:
    """One more batch, each row as COPY reads it (`copying.written`)."""
    copy_lines(table, [column.split()[0] for column in TABLES[table].split(", ")], lines)


def write(
    *,
    agency: int,
    instrument: int,
    version: int,
    source: str,
    annotator: str,
    by: int,
    at: datetime,
) -> None:
    """All that waits, into the tables it is for; then nothing waits any more."""
    facts: dict[str, Any] = {
        "agency": agency,
        "instrument": instrument,
        "version": version,
        "source": source,
        "annotator": annotator,
        "by": by,
        "at": at,
    }
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")  # else it is taken for a table of a few rows
        for statements in (CHANGE, FILL, ADD):
            cursor.execute(statements, facts)
        for table in TABLES:
            cursor.execute(f"DROP TABLE {table}")
