"""Rows into the database by COPY, in batches: a hundred thousand reviews with their answers and
scores are more than Django's statements get through in half a minute.
"""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.db import connection, models


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids, taken from the table's own sequence."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def copy(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write the rows, by the names of the database's columns."""
    copy_lines(model._meta.db_table, columns, ("\t".join(map(written, row)) + "\n" for row in rows))


def copy_lines(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Write lines that are as COPY reads them already."""
    text = "".join(lines)
    if not text:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', StringIO(text))


def written(value: Any) -> str:
    """A cell as COPY reads it."""
    if value is None:
        return r"\N"
    text = str(value)
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        for sign, escaped in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
            text = text.replace(sign, escaped)
    return text
