"""Queries of one shape, put into SQL once.

Django builds the SQL of a queryset anew each time; for what every page asks, that costs more than
the database's answer. A prepared query is built once for a shape of its values and asked with
others from then on:

    @prepared
    def open_notices(person: int, now: datetime) -> QuerySet[Notice]:
        return Notice.objects.filter(recipient=person, due_at__lte=now)

    open_notices(person.pk, timezone.now())  # a list, read from the database each time

The builder gets stand-ins for the values the first time, so it must not look at them: only ids,
texts, keys, instants, days, lists of ids, and rows for the sake of their id may be passed, and all
must reach the SQL as they are. A value that doesn't, and an instant that the builder took from the
clock itself, are refused; so is a question to the database.

What a row's permissions hang on, a builder asks by a `fact`: the agencies of a person, whether they
hold a role. The answer belongs to the shape; the ids in it are values like the others. And what
time it is, it asks by `now()`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from threading import local
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

P = ParamSpec("P")
Row = TypeVar("Row")
Found = TypeVar("Found")

LONGEST_LIST = 400  # a shape a length; what is longer is built each time
MOST_SHAPES = 100  # of one query: with several lists there are thousands of shapes, kilobytes each
# Stand-ins: values that no row and no condition of ours has.
FIRST_ID = 2_047_130_001
FIRST_DAY = datetime(1871, 3, 5, 7, 11, 13, tzinfo=UTC)


class NotPreparable(TypeError):
    """The builder looked at a value, changed it, took an instant from the clock, or asked the
    database."""


def fact(read: Callable[Concatenate[Any, P], Found]) -> Callable[Concatenate[Any, P], Found]:
    """What a builder may ask about a row that is passed to it: ids in any nesting of lists and
    tuples, words, yes or no."""

    @wraps(read)
    def ask(row: Any, *about: P.args, **named: P.kwargs) -> Found:
        building: _Building | None = row.__dict__.get("stands_in")
        if building is None:
            return read(row, *about, **named)
        if named:
            raise NotPreparable("A builder asks a fact by position.")
        return building.ask(row, read, about)

    return ask


def now() -> datetime:
    """The time, for a condition; in a prepared query, of the moment when it is asked."""
    building: _Building | None = getattr(_here, "building", None)
    return timezone.now() if building is None else building.now()


def refuse_stand_in(row: Any) -> None:
    """Raises NotPreparable for a stand-in: of what is asked here, nothing is known about it."""
    if "stands_in" in row.__dict__:
        raise NotPreparable("A builder asks about a row what is no fact.")


@dataclass(frozen=True)
class _Question:
    """What the builder asks next, about which of the values; without one, what time it is."""

    place: int | None
    read: Callable[..., Any]
    about: tuple[Any, ...] = ()

    def answer(self, values: tuple[Any, ...]) -> tuple[Any, list[Any]]:
        """Its structure, with a place for each different id or instant; and those."""
        if self.place is None:
            return _taken_apart(self.read())
        return _taken_apart(self.read(values[self.place], *self.about))


_NOW = _Question(None, lambda: timezone.now())
_here = local()  # what this thread is building


class _Building:
    """One run of a builder: the stand-ins it got, and what it asked."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.values = values
        self.stand_ins: list[Any] = []
        self.flat: list[Any] = []  # what stands for each value, in order
        self.given: list[Any] = _flat(values)  # the values themselves, as many
        self.found: list[list[Any]] = []  # the ids of each answer
        self.asked: dict[_Question, Any] = {}
        self.steps: list[tuple[_Question, Any]] = []  # each question with the structure found
        self.reading = False
        self.unsaid: set[int] = set()  # what may stay out of the SQL: rows with facts, the time
        for value in values:
            self.stand_ins.append(self._in_place_of(value))

    def _in_place_of(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [self._new(int) for _each in value]
        if isinstance(value, Model):
            key = value._meta.pk
            assert key is not None  # every row has one
            # The other columns are left out: to read one is to ask the database.
            self.unsaid.add(len(self.flat))
            row = value.__class__.from_db(None, [key.attname], [self._new(int)])
            row.__dict__["stands_in"] = self
            return row
        return self._new(value.__class__)

    def _new(self, kind: type) -> Any:
        number = len(self.flat)
        self.flat.append(_stand_in(kind, number))
        return self.flat[-1]

    def ask(self, row: Model, read: Callable[..., Any], about: tuple[Any, ...]) -> Any:
        """The answer of a fact about the real row, with stand-ins for its ids."""
        if any(each in self.flat or each in self.stand_ins for each in about):
            raise NotPreparable("A builder asks a fact about another value: it has stand-ins only.")
        place = next(place for place, each in enumerate(self.stand_ins) if each is row)
        return self._answer(_Question(place, read, about))

    def now(self) -> datetime:
        """The stand-in for the time: the same, however often it is asked."""
        if _NOW not in self.asked:
            self.unsaid.add(len(self.flat))
        instant: datetime = self._answer(_NOW)
        return instant

    def _answer(self, question: _Question) -> Any:
        if question not in self.asked:
            with self._reading():
                structure, found = question.answer(self.values)
            stand_ins = [self._new(each.__class__) for each in found]
            self.asked[question] = _put_together(structure, stand_ins)
            self.steps.append((question, structure))
            self.found.append(found)
            self.given += found
        return self.asked[question]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What a fact reads is real: also the time."""
        self.reading, _here.building = True, None
        try:
            yield
        finally:
            self.reading, _here.building = False, self

    @contextmanager
    def without_questions(self) -> Iterator[None]:
        """What the builder reads from the database itself would stay as it was this time."""

        def refuse(execute: Callable[..., Any], *arguments: Any) -> Any:
            if not self.reading:
                raise NotPreparable("A builder asks the database.")
            return execute(*arguments)

        before = getattr(_here, "building", None)
        _here.building = self
        try:
            with connections["default"].execute_wrapper(refuse):
                yield
        finally:
            _here.building = before


class prepared(Generic[P, Row]):  # noqa: N801  # reads as a decorator
    """Make a function that builds a queryset one that answers with the queryset's rows."""

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        self.__name__ = getattr(build, "__name__", "a query")
        self.is_preparable = True
        # By what was found so far: the fact to ask next, or the rows' reader.
        self.shapes: dict[Any, _Question | Callable[[list[Any]], list[Row]]] = {}

    def __call__(self, *values: P.args, **named: P.kwargs) -> list[Row]:
        """The rows, from the database. No values by name: their order is their shape."""
        if named:
            raise NotPreparable(f"{self.__name__} takes its values by position.")
        flat = _flat(values)
        shape: tuple[Any, ...] = tuple(
            len(value) if isinstance(value, list | tuple) else value.__class__ for value in values
        )
        longest = max([0, *(size for size in shape if isinstance(size, int))])
        step = self.shapes.get(shape)
        while isinstance(step, _Question) and longest <= LONGEST_LIST:
            structure, found = step.answer(values)
            longest = max(longest, len(found))
            flat += found
            shape = (*shape, structure)
            step = self.shapes.get(shape)
        if longest > LONGEST_LIST:
            return list(self.build(*values, **named))
        if step is None or isinstance(step, _Question):
            return self._build(shape[: len(values)], values)
        return step(flat)

    def first(self, *values: P.args, **named: P.kwargs) -> Row | None:
        """The first of the rows, or None."""
        return next(iter(self(*values, **named)), None)

    def rows(self, *values: P.args, **named: P.kwargs) -> list[Row]:
        """The rows, also of a query that can't be prepared: such a one is built each time."""
        if self.is_preparable:
            try:
                return self(*values, **named)
            except NotPreparable:
                self.is_preparable = False
        return list(self.build(*values, **named))

    def _build(self, shape: tuple[Any, ...], values: tuple[Any, ...]) -> list[Row]:
        building = _Building(values)
        with building.without_questions():
            queryset = self.build(*building.stand_ins)  # type: ignore[call-arg]  # as many
        for question, structure in building.steps:
            self._remember(shape, question)
            shape = (*shape, structure)
        if any(len(ids) > LONGEST_LIST for ids in building.found):
            return list(self.build(*values))  # type: ignore[call-arg]
        answer = self._prepare(queryset, building)
        self._remember(shape, answer)
        return answer(building.given)

    def _remember(
        self, shape: tuple[Any, ...], step: _Question | Callable[[list[Any]], list[Row]]
    ) -> None:
        while len(self.shapes) >= MOST_SHAPES:  # the oldest goes; another thread may be quicker
            self.shapes.pop(next(iter(tuple(self.shapes)), None), None)
        self.shapes[shape] = step

    def _prepare(
        self, queryset: QuerySet[Any, Row], building: _Building
    ) -> Callable[[list[Any]], list[Row]]:
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            with building.without_questions():
                sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            if not building.steps and all(building.values):
                raise NotPreparable(f"{self.__name__} finds nothing for any value.") from None
            return lambda given: []
        # The same setting up, once: `as_sql` has set what the rows' reader looks at.
        places = self._places(sql, parameters, building.flat, building.unsaid)

        def answer(given: list[Any]) -> list[Row]:
            filled = tuple(
                parameter if place is None else given[place]
                for parameter, place in zip(parameters, places, strict=True)
            )
            return list(_asked(queryset, compiler, sql, filled))

        return answer

    def _places(
        self, sql: str, parameters: Iterable[Any], flat: list[Any], unsaid: set[int]
    ) -> list[int | None]:
        """For each parameter of the SQL, which value goes there; None where it stays."""
        index = {(type(value), value): place for place, value in enumerate(flat)}
        places = [
            index.get((type(value), value)) if isinstance(value, int | str | date | UUID) else None
            for value in parameters
        ]
        missing = set(range(len(flat))) - set(places) - unsaid
        if missing:
            raise NotPreparable(f"{self.__name__}: value {min(missing)} doesn't reach the SQL.")
        if any(str(value) in sql for value in flat):
            raise NotPreparable(f"{self.__name__}: a value stands in the SQL itself.")
        for value, place in zip(parameters, places, strict=True):
            if place is None and isinstance(value, date):
                raise NotPreparable(f"{self.__name__} took {value} from the clock: pass it.")
        return places


def _stand_in(kind: type, number: int) -> Any:
    if issubclass(kind, bool):
        raise NotPreparable("True and False choose a shape: write two queries.")
    if issubclass(kind, int):
        return FIRST_ID + number
    if issubclass(kind, str):
        return f"stand-in {FIRST_ID + number}"
    if issubclass(kind, datetime):
        return FIRST_DAY + timedelta(seconds=number)
    if issubclass(kind, date):
        return FIRST_DAY.date() + timedelta(days=number)
    if issubclass(kind, UUID):
        return UUID(int=FIRST_ID + number)
    raise NotPreparable(f"A {kind.__name__} can't be passed to a prepared query.")


def _flat(values: Iterable[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        if isinstance(value, list | tuple):
            flat += value
        else:
            flat.append(value.pk if isinstance(value, Model) else value)
    return flat


def _taken_apart(found: Any) -> tuple[Any, list[Any]]:
    places: dict[Any, int] = {}

    def without_values(part: Any) -> Any:
        if isinstance(part, list | tuple):
            return tuple(map(without_values, part))
        if isinstance(part, int | datetime) and not isinstance(part, bool):
            return _Place(places.setdefault(part, len(places)))
        return part

    return without_values(found), list(places)


class _Place(int):
    """Where an id stands among the ids of an answer."""

    def __hash__(self) -> int:
        return super().__hash__() + 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Place) and super().__eq__(other)


def _put_together(structure: Any, ids: list[Any]) -> Any:
    if isinstance(structure, tuple):
        return [_put_together(part, ids) for part in structure]
    return ids[structure] if isinstance(structure, _Place) else structure


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
