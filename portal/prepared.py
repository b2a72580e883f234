"""Queries of one shape, put into SQL once.

Django builds the SQL of a queryset anew each time; for what every page asks, that costs more than
the database's answer. A prepared query is built once for a shape of its values and asked with
others from then on:

    @prepared
    def open_notices(person: int, now: datetime) -> QuerySet[Notice]:
        return Notice.objects.filter(recipient=person, due_at__lte=now)

    open_notices(person.pk, timezone.now())  # a list, read from the database each time

The builder gets stand-ins for the values the first time, so it must not look at them: only ids,
texts, instants, days, and lists of ids may be passed, and all must reach the SQL as they are.
A value that doesn't, and an instant that the builder took from the clock itself, are refused.
"""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
Row = TypeVar("Row")

LONGEST_LIST = 50  # a shape a length; what is longer is built each time
MOST_SHAPES = 100  # of one query: with several lists there are thousands of shapes, kilobytes each
# Stand-ins: values that no row and no condition of ours has.
FIRST_ID = 2_047_130_001
FIRST_DAY = datetime(1871, 3, 5, 7, 11, 13, tzinfo=UTC)


class NotPreparable(TypeError):
    """The builder looked at a value, changed it, or took an instant from the clock."""


class prepared(Generic[P, Row]):  # noqa: N801  # reads as a decorator
    """Make a function that builds a queryset one that answers with the queryset's rows."""

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        self.__name__ = build.__name__
        self.shapes: dict[Any, Callable[[tuple[Any, ...]], list[Row]]] = {}

    def __call__(self, *values: P.args, **named: P.kwargs) -> list[Row]:
        """The rows, from the database. No values by name: their order is their shape."""
        if named:
            raise NotPreparable(f"{self.__name__} takes its values by position.")
        if any(isinstance(v, list | tuple) and len(v) > LONGEST_LIST for v in values):
            return list(self.build(*values, **named))
        shape = tuple(
            len(value) if isinstance(value, list | tuple) else type(value) for value in values
        )
        answer = self.shapes.get(shape)
        if answer is None:
            answer = self._prepare(values)
            while len(self.shapes) >= MOST_SHAPES:  # the oldest goes; another thread may be quicker
                self.shapes.pop(next(iter(tuple(self.shapes)), None), None)
            self.shapes[shape] = answer
        return answer(_flat(values))

    def first(self, *values: P.args, **named: P.kwargs) -> Row | None:
        """The first of the rows, or None."""
        return next(iter(self(*values, **named)), None)

    def _prepare(self, values: tuple[Any, ...]) -> Callable[[tuple[Any, ...]], list[Row]]:
        stand_ins = list(_stand_ins(values))
        queryset = self.build(*stand_ins)  # type: ignore[call-arg]  # the same number
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            if all(not isinstance(value, list | tuple) or value for value in values):
                raise NotPreparable(f"{self.__name__} finds nothing for any value.") from None
            return lambda values: []
        # The same setting up, once: `as_sql` has set what the rows' reader looks at.
        places = self._places(sql, parameters, _flat(stand_ins))

        def answer(given: tuple[Any, ...]) -> list[Row]:
            filled = tuple(
                parameter if place is None else given[place]
                for parameter, place in zip(parameters, places, strict=True)
            )
            return list(_asked(queryset, compiler, sql, filled))

        return answer

    def _places(
        self, sql: str, parameters: Iterable[Any], flat: tuple[Any, ...]
    ) -> list[int | None]:
        """For each parameter of the SQL, which value goes there; None where it stays."""
        index = {(type(value), value): place for place, value in enumerate(flat)}
        places = [
            index.get((type(value), value)) if isinstance(value, int | str | date) else None
            for value in parameters
        ]
        missing = set(range(len(flat))) - set(places)
        if missing:
            raise NotPreparable(f"{self.__name__}: value {min(missing)} doesn't reach the SQL.")
        if any(str(value) in sql for value in flat):
            raise NotPreparable(f"{self.__name__}: a value stands in the SQL itself.")
        for value, place in zip(parameters, places, strict=True):
            if place is None and isinstance(value, date):
                raise NotPreparable(f"{self.__name__} took {value} from the clock: pass it.")
        return places


def _stand_ins(values: tuple[Any, ...]) -> Iterable[Any]:
    number = 0
    for value in values:
        if isinstance(value, list | tuple):
            yield [FIRST_ID + number + i for i in range(len(value))]
            number += len(value)
            continue
        if isinstance(value, bool):
            raise NotPreparable("True and False choose a shape: write two queries.")
        if isinstance(value, int):
            yield FIRST_ID + number
        elif isinstance(value, str):
            yield f"stand-in {FIRST_ID + number}"
        elif isinstance(value, datetime):
            yield FIRST_DAY + timedelta(seconds=number)
        elif isinstance(value, date):
            yield FIRST_DAY.date() + timedelta(days=number)
        else:
            raise NotPreparable(f"A {type(value).__name__} can't be passed to a prepared query.")
        number += 1


def _flat(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(
        each
        for value in values
        for each in (value if isinstance(value, list | tuple) else (value,))
    )


def _asked(
    queryset: QuerySet[Any, Row], compiler: SQLCompiler, sql: str, parameters: tuple[Any, ...]
) -> QuerySet[Any, Row]:
    """The queryset with a compiler that has its SQL already; to be read, never to be changed."""
    ready = copy(compiler)
    ready.connection = connections[queryset.db]  # of this thread
    ready.as_sql = lambda *args, **kwargs: (sql, parameters)  # type: ignore[method-assign]
    ready.setup_query = lambda *args, **kwargs: None  # type: ignore[method-assign]
    query = object.__new__(type(queryset.query))
    query.__dict__.update(queryset.query.__dict__)
    query.get_compiler = lambda *args, **kwargs: ready  # type: ignore[method-assign]
    asked: QuerySet[Any, Row] = object.__new__(type(queryset))
    asked.__dict__.update(queryset.__dict__)
    asked.__dict__.update(_query=query, _result_cache=None, _prefetch_done=False)
    return asked
