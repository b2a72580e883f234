"""When a row was last written, as PostgreSQL numbers its transactions.

Cheaper than a trigger, which locks one row for all who write, and than a column, which a bulk
update forgets. A number says nothing by itself: only that a row with another number was written.
"""

from typing import Any

from django.db.models import BigIntegerField, Func
from django.db.models.expressions import Col


class Version(Func):
    """The transaction that wrote the row which `expression`, a column of it, is in: `xmin`."""

    arity = 1
    output_field = BigIntegerField()

    def as_sql(
        self, compiler: Any, connection: Any, *args: Any, **extra_context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        [column] = self.get_source_expressions()
        if not isinstance(column, Col):
            raise TypeError("Only a column of a table has a row that was written.")
        return f"{compiler.quote_name_unless_alias(column.alias)}.xmin::text::bigint", ()
