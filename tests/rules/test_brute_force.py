"""The evaluator and the checker against plain counting: every point of small random tables."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postroad.model.table import ColumnType, Status, Table
from postroad.rules.cells import parse_cell
from postroad.rules.check import check
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.gaps import gaps
from postroad.rules.overlaps import overlap, pairs
from postroad.rules.regions import Budget, Slices
from postroad.rules.unreachable import unreachable

AMPLE = 10**7
FIRST_DAY = date(2026, 2, 26)
DAYS = [FIRST_DAY + timedelta(days=n) for n in range(7)]
HALVES = [Decimal(n) / 2 for n in range(-2, 13)]
WORDS = ["red", "green", "blue"]

Holds = Callable[[Any], bool]
Cell = tuple[str, Holds]


@dataclass
class Drawn:
    """A column with every point that can tell two cells apart, and rows as text and as what they mean."""

    column: dict[str, Any]
    points: list[Any]
    cells: list[Cell]


def anything(_: Any) -> bool:
    return True


def bounded(low: Any, high: Any, *, low_in: bool, high_in: bool) -> Cell:
    text = (
        f"{'[' if low_in else '('}{'' if low is None else low}..{'' if high is None else high}{']' if high_in else ')'}"
    )
    return (
        text,
        lambda value: (
            (low is None or value > low or (low_in and value == low))
            and (high is None or value < high or (high_in and value == high))
        ),
    )


@st.composite
def spans(draw: st.DrawFn, cuts: list[Any]) -> Cell:
    low, high = sorted((draw(st.sampled_from(cuts)), draw(st.sampled_from(cuts))))
    kind = draw(st.sampled_from(["<", "<=", ">", ">=", "=", "interval", "open low", "open high"]))
    compare: dict[str, Holds] = {
        "<": lambda value: value < low,
        "<=": lambda value: value <= low,
        ">": lambda value: value > low,
        ">=": lambda value: value >= low,
        "=": lambda value: value == low,
    }
    if kind in compare:
        return f"{kind} {low}", compare[kind]
    if kind == "open low":
        return bounded(None, high, low_in=False, high_in=draw(st.booleans()))
    if kind == "open high":
        return bounded(low, None, low_in=draw(st.booleans()), high_in=False)
    inner = st.just(value=True) if low == high else st.booleans()
    return bounded(low, high, low_in=draw(inner), high_in=draw(inner))


def points(values: list[str]) -> st.SearchStrategy[Cell]:
    return st.sampled_from(values).map(lambda one: (one, lambda value: value == one))


@st.composite
def cells(draw: st.DrawFn, part: st.SearchStrategy[Cell]) -> Cell:
    form = draw(st.sampled_from(["any", "one", "one", "list", "not"]))
    if form == "any":
        return draw(st.sampled_from(["", "-"])), anything
    parts = draw(st.lists(part, min_size=1, max_size=1 if form == "one" else 3))
    text = ", ".join(text for text, _ in parts)
    tests = [test for _, test in parts]
    if form == "not":
        return f"not({text})", lambda value: not any(test(value) for test in tests)
    return text, lambda value: any(test(value) for test in tests)


@st.composite
def ordered(draw: st.DrawFn, kind: ColumnType, cuts: list[Any], grid: list[Any], rows: int) -> Drawn:
    domain = draw(st.one_of(st.just(("", anything)), cells(spans(cuts))))
    inside = [value for value in grid if domain[1](value)]
    drawn = draw(st.lists(cells(spans(cuts)), min_size=rows, max_size=rows))
    return Drawn({"type": kind, "domain": domain[0] or None}, inside, drawn)


@st.composite
def listed(draw: st.DrawFn, kind: ColumnType, domain: list[str] | None, grid: list[Any], rows: int) -> Drawn:
    drawn = draw(st.lists(cells(points(WORDS)), min_size=rows, max_size=rows))
    return Drawn({"type": kind, "domain": domain}, grid, drawn)


@st.composite
def switches(draw: st.DrawFn, rows: int) -> Drawn:
    part = st.sampled_from([True, False]).map(lambda one: (str(one).lower(), lambda value: value is one))
    return Drawn({"type": "bool"}, [True, False], draw(st.lists(cells(part), min_size=rows, max_size=rows)))


def columns(rows: int) -> st.SearchStrategy[Drawn]:
    return st.one_of(
        ordered("number", list(range(6)), HALVES, rows),
        ordered("date", DAYS[1:-1], DAYS, rows),
        listed("enum", WORDS, list(WORDS), rows),
        listed("text", None, [*WORDS, "其他"], rows),
        switches(rows),
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, list[Drawn]]:
    rows = draw(st.integers(0, 6))
    drawn = draw(st.lists(columns(rows), min_size=1, max_size=3).filter(lambda some: size(some) <= 400))
    content = {
        "table": "random",
        "hit": draw(st.sampled_from(["unique", "first", "collect"])),
        "inputs": [{"key": f"c{n}", **one.column} for n, one in enumerate(drawn)],
        "outputs": [{"key": "y"}],
        "rows": [
            {"id": f"r{r}", "when": {f"c{n}": one.cells[r][0] for n, one in enumerate(drawn)}, "then": {"y": r}}
            for r in range(rows)
        ],
    }
    return Table.model_validate(content), drawn


def size(drawn: list[Drawn]) -> int:
    total = 1
    for one in drawn:
        total *= len(one.points)
    return total


def counted(table: Table, drawn: list[Drawn]) -> dict[tuple[Any, ...], list[int]]:
    """Every situation and the rows that apply to it, by the meaning the cells were drawn with."""
    return {
        point: [
            row
            for row in range(len(table.rows))
            if all(one.cells[row][1](value) for one, value in zip(drawn, point, strict=True))
        ]
        for point in product(*(one.points for one in drawn))
    }


def inside(table: Table, when: dict[str, str], point: tuple[Any, ...]) -> bool:
    return all(
        parse_cell(when.get(column.key, ""), column.type).holds(value)
        for column, value in zip(table.inputs, point, strict=True)
    )


def inputs(table: Table, point: tuple[Any, ...]) -> dict[str, Any]:
    return {column.key: value for column, value in zip(table.inputs, point, strict=True)}


def assert_evaluates(compiled: CompiledTable, truth: dict[tuple[Any, ...], list[int]]) -> None:
    table = compiled.table
    for point, rows in truth.items():
        got = evaluate(compiled, inputs(table, point))
        matching = [f"r{row}" for row in rows]
        wanted = matching[:1] if table.hit == "first" else matching
        conflict = table.hit == "unique" and len(rows) > 1
        status = Status.NO_MATCH if not rows else Status.CONFLICT if conflict else Status.OK
        assert (got.status, got.rows) == (status, wanted), (table, point)


def assert_gaps(compiled: CompiledTable, truth: dict[tuple[Any, ...], list[int]]) -> None:
    table = compiled.table
    found = list(gaps(compiled, Budget(AMPLE)))
    for point, rows in truth.items():
        boxes = [gap for gap in found if inside(table, gap.when, point)]
        assert len(boxes) == (0 if rows else 1), (table, point, boxes)
    assert {evaluate(compiled, gap.witness).status for gap in found} <= {Status.NO_MATCH}, table


def assert_overlaps(compiled: CompiledTable, truth: dict[tuple[Any, ...], list[int]]) -> None:
    table = compiled.table
    met = pairs(compiled, Slices(compiled, Budget(AMPLE)))
    found = {one.rows: one for one in (overlap(compiled, row, later) for row, later in met)}
    meeting = {(f"r{i}", f"r{j}") for rows in truth.values() for i in rows for j in rows if i < j}
    assert set(found) == meeting, table
    for (first, second), one in found.items():
        both = {point for point, rows in truth.items() if {int(first[1:]), int(second[1:])} <= set(rows)}
        assert {point for point in truth if inside(table, one.when, point)} == both, (table, one)


def assert_unreachable(compiled: CompiledTable, truth: dict[tuple[Any, ...], list[int]]) -> None:
    table = compiled.table
    found = {one.row for one in unreachable(compiled, Slices(compiled, Budget(AMPLE)), Budget(AMPLE))}
    heard = {row for rows in truth.values() for row in (rows[:1] if table.hit == "first" else rows)}
    assert found == {row.id for index, row in enumerate(table.rows) if index not in heard}, table


@settings(
    max_examples=400,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(tables())
def test_evaluator_and_checker_agree_with_counting_every_point(drawn: tuple[Table, list[Drawn]]) -> None:
    table, columns_drawn = drawn
    compiled = compile_table(table)
    truth = counted(table, columns_drawn)

    assert_evaluates(compiled, truth)
    assert_gaps(compiled, truth)
    assert_overlaps(compiled, truth)
    assert_unreachable(compiled, truth)
    assert check(table).ok is (
        all(truth.values())
        and not (table.hit == "unique" and any(len(rows) > 1 for rows in truth.values()))
        and not check(table).unreachable
    )
