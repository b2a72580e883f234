"""Rows into the database by COPY, in batches: a hundred thousand reviews with their answers and
scores are more than Django's statements get through in half a minute.
"""

from collections.abc import Sequence
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
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    text = StringIO("".join("\t".join(map(_written, row)) + "\n" for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', text)


def _written(value: Any) -> str:
    if value is None:
        return r"\N"
    text = str(value)
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        for sign, escaped in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
            text = text.replace(sign, escaped)
    return text
