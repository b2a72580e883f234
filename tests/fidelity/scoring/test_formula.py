"""Formulas of items: what is read, what is refused and where, and what they come to."""

import ast
import math
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fidelity.scoring import Given, Outcome, Reason, State, Treatment, compute
from fidelity.scoring.formula import (
    DEEPEST,
    LONGEST,
    Call,
    FormulaError,
    Name,
    Negation,
    Number,
    Operation,
    Wrong,
    check,
    parse,
    renamed,
)

STOP = dict.fromkeys(list(State)[1:], Treatment.STOP)
LEAVE_OUT = dict.fromkeys(list(State)[1:], Treatment.LEAVE_OUT)
AS_ZERO = dict.fromkeys(list(State)[1:], Treatment.AS_ZERO)
KEYS = ["a", "b", "long-name", "with_line"]
UNSEEN = Given(None, State.NOT_OBSERVED)


def outcome(text, treatments=STOP, /, **values):
    answers = {
        key.replace("__", "-"): value if isinstance(value, Given) else Given(value)
        for key, value in values.items()
    }
    return compute("formula", {"formula": text}, answers, treatments)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 6),
        ("a - b - 1", 3),
        ("a - -b", 8),
        ("a + b * 2", 10),
        ("(a + b) * 2", 16),
        ("a / b / 2", 1.5),
        ("-a * .5", -3),
        ("100 * b / sum(a, b)", 25),
        ("mean(a, b, 1)", 3),
        ("max(a, b) - min(a, b + 1)", 3),
        ("count(a, b)", 2),
        ("\u00a0a\n+ b", 8),  # as a word processor leaves it
    ],
)
def test_arithmetic(text, value):
    assert outcome(text, a=6.0, b=2.0).value == value


def test_a_hyphen_belongs_to_a_name_and_a_minus_has_spaces():
    assert outcome("cut-down - cut", cut__down=5.0, cut=2.0).value == 3
    with pytest.raises(FormulaError):
        check("cut-down", {"cut", "down"})


def test_how_many_items_entered():
    assert outcome("a + a + mean(b, c)", LEAVE_OUT, a=1.0, b=2.0, c=UNSEEN) == Outcome(4.0, None, 2)


@pytest.mark.parametrize("text", ["a / b", "a / (b - b)", "1 / (a * 0)", "mean(a, b) / b"])
def test_a_division_by_zero_is_not_computable(text):
    assert outcome(text, a=3.0, b=0.0) == Outcome(None, Reason.ZERO_DENOMINATOR)


def test_a_number_beyond_all_measure_is_not_computable():
    assert outcome("*".join(["1000000000000"] * 30) + " * a", a=1.0).reason == Reason.OUT_OF_RANGE
    assert outcome("a / 0.000001", a=1e305).reason == Reason.OUT_OF_RANGE
    assert outcome("sum(a, a)", a=1.7e308).reason == Reason.OUT_OF_RANGE


def test_what_has_no_value_leaves_a_function_and_stops_arithmetic():
    assert outcome("mean(a, b)", LEAVE_OUT, a=3.0, b=UNSEEN) == Outcome(3.0, None, 1)
    assert outcome("count(a, b)", LEAVE_OUT, a=UNSEEN, b=UNSEEN) == Outcome(0.0, None, 0)
    assert outcome("mean(b, b)", LEAVE_OUT, b=UNSEEN).reason == Reason.NOTHING_OBSERVED
    assert outcome("a + b", LEAVE_OUT, a=3.0, b=UNSEEN).reason == Reason.ITEM_WITHOUT_VALUE
    assert outcome("mean(a, b)", STOP, a=3.0, b=UNSEEN).reason == Reason.ITEM_WITHOUT_VALUE
    assert outcome("mean(a, b) + b", AS_ZERO, a=3.0, b=UNSEEN) == Outcome(1.5, None, 2)
    assert outcome("a").reason == Reason.ITEM_WITHOUT_VALUE  # nobody answered


@pytest.mark.parametrize(
    ("text", "wrong", "word", "at"),
    [
        ("", Wrong.EMPTY, "", 1),
        (" \n", Wrong.EMPTY, "", 1),
        ("a +", Wrong.ENDS_EARLY, "", 4),
        ("mean(a", Wrong.ENDS_EARLY, "", 7),
        ("a b", Wrong.UNEXPECTED, "b", 3),
        ("mean()", Wrong.UNEXPECTED, ")", 6),
        ("a, b", Wrong.UNEXPECTED, ",", 2),
        ("(a))", Wrong.UNEXPECTED, ")", 4),
        ("a ** 2", Wrong.UNEXPECTED, "*", 4),
        ("1e9 * a", Wrong.UNEXPECTED, "e9", 2),
        ("a ^ 2", Wrong.UNREADABLE, "^", 3),
        ("=a", Wrong.UNREADABLE, "=", 1),
        ("a.b", Wrong.UNREADABLE, ".", 2),
        ("a[0]", Wrong.UNREADABLE, "[", 2),
        ("a + ½", Wrong.UNREADABLE, "½", 5),
        ("a\x00", Wrong.UNREADABLE, "\x00", 2),
        ("__import__('os').system('ls')", Wrong.UNREADABLE, "'", 12),
        ("exec(a)", Wrong.UNKNOWN_FUNCTION, "exec", 1),
        ("a + pow(a, 9)", Wrong.UNKNOWN_FUNCTION, "pow", 5),
        ("lambda: a", Wrong.UNREADABLE, ":", 7),
        ("a * 10000000000000", Wrong.TOO_LARGE, "10000000000000", 5),
        ("a + c", Wrong.UNKNOWN_ITEM, "c", 5),
        ("open", Wrong.UNKNOWN_ITEM, "open", 1),
        ("2 + 2", Wrong.NO_ITEM, "", 1),
        ("(" * 21 + "a" + ")" * 21, Wrong.TOO_DEEP, "(", 21),
        ("-" * 400 + "a", Wrong.TOO_DEEP, "-", DEEPEST + 1),
        ("a" + " " * LONGEST, Wrong.TOO_LONG, "", LONGEST + 1),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text, wrong, word, at):
    with pytest.raises(FormulaError) as refused:
        check(text, {"a", "b"})

    assert (refused.value.wrong, refused.value.word, refused.value.at) == (wrong, word, at)


def test_an_item_takes_another_name_in_its_formulas():
    assert renamed("ab / (a + ab-c) - a", "a", "longer") == "ab / (longer + ab-c) - longer"


@given(st.text() | st.text("ab01.+-*/(), _\u00e9'[]", max_size=60))
def test_any_text_is_a_formula_or_a_formula_error(text):
    try:
        check(text, {"a", "b"})
    except FormulaError as refused:
        assert 1 <= refused.at <= max(len(text), 1) + 1


numbers = st.decimals(0, 1000, places=2).map(lambda number: Number(float(number)))
trees = st.recursive(
    numbers | st.sampled_from(KEYS).map(Name),
    lambda inner: (
        inner.map(Negation)
        | st.builds(Operation, st.sampled_from("+-*/"), inner, inner)
        | st.builds(
            Call,
            st.sampled_from(["sum", "mean", "min", "max", "count"]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        )
    ),
    max_leaves=8,
)


def written(node, rank=0):
    """A tree as someone would write it: parentheses only where they are needed."""
    match node:
        case Number(value):
            return f"{value:.2f}"
        case Name(key):
            return key
        case Negation(of):
            return f"-{written(of, 3)}"
        case Operation(sign, left, right):
            own = 1 if sign in "+-" else 2
            text = f"{written(left, own)} {sign} {written(right, own + 1)}"
            return f"({text})" if own < rank else text
        case Call(function, arguments):
            return f"{function}({', '.join(map(written, arguments))})"


def as_python(text, values):
    """Python's own reading of the same text; None where it divides by zero."""
    signs = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}
    calls = {"min": min, "max": max, "sum": sum, "count": len, "mean": lambda v: sum(v) / len(v)}

    def value(node):
        match node:
            case ast.Constant(value=number):
                return number
            case ast.Name(id=name):
                return values[name.replace("long_name", "long-name")]
            case ast.UnaryOp(operand=operand):
                return -value(operand)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return value(left) / value(right)
            case ast.BinOp(left=left, op=op, right=right):
                return signs[type(op)](value(left), value(right))
            case ast.Call(func=function, args=arguments):
                return calls[function.id](list(map(value, arguments)))
        raise AssertionError(node)

    try:
        return value(ast.parse(text.replace("long-name", "long_name"), mode="eval").body)
    except ZeroDivisionError:
        return None


@given(trees, st.lists(st.integers(0, 5), min_size=4, max_size=4))
def test_a_formula_comes_to_what_python_makes_of_it(tree, given_values):
    values = {key: float(value) for key, value in zip(KEYS, given_values, strict=True)}
    text = written(tree)
    answers = {key: Given(value) for key, value in values.items()}

    assert parse(text) == tree
    found = compute("formula", {"formula": text}, answers, STOP)

    expected = as_python(text, values)
    if expected is None:
        assert found.reason == Reason.ZERO_DENOMINATOR
    else:
        assert math.isclose(found.value, expected, rel_tol=1e-12)
