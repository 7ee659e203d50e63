"""The same random tables before two engines that others wrote: z3 for what is proven, zen for what is answered."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
import z3
import zen

from postroad.model.hit import HitPolicy
from postroad.model.table import Table
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.gaps import gaps
from postroad.rules.overlaps import pairs
from postroad.rules.ranking import in_order
from postroad.rules.regions import Budget, Slices
from postroad.rules.unreachable import unreachable
from tests.rules.drawing import WORDS, Drawn, Meaning, Part, Scene, scenes
from tests.rules.zen_table import zen_engine

AMPLE = 10**7
SIGN = {(False, False): "<", (True, False): "<=", (False, True): ">", (True, True): ">="}
"""By whether the end belongs, and whether the values lie above it."""


def variable(column: Drawn, number: int) -> tuple[z3.ExprRef, z3.BoolRef]:
    """A variable for a column, and what its values can be; words and truth values are numbered, days counted."""
    kind = column.column["type"]
    if kind == "number":
        x = z3.Real(f"x{number}")
        return x, holds(column.domain, x)
    x = z3.Int(f"x{number}")
    if kind == "date":
        return x, z3.And(holds(column.domain, x), x >= 1, x <= date.max.toordinal())
    return x, z3.And(x >= 0, x < (2 if kind == "bool" else len(WORDS) + (kind == "text")))


def holds(meaning: Meaning, x: Any) -> z3.BoolRef:
    if not meaning.parts:
        return z3.BoolVal(val=True)
    one = z3.Or([between(part, x) for part in meaning.parts])
    return z3.Not(one) if meaning.negated else one


def between(part: Part, x: Any) -> z3.BoolRef:
    low, high = numbered(part.low), numbered(part.high)
    above = [] if low is None else [x >= low if part.low_in else x > low]
    below = [] if high is None else [x <= high if part.high_in else x < high]
    return z3.And([*above, *below])


def numbered(value: Any) -> int | None:
    if isinstance(value, date):
        return value.toordinal()
    return WORDS.index(value) if value in WORDS else None if value is None else int(value)


def is_possible(solver: z3.Solver, *assumed: z3.BoolRef) -> bool:
    return bool(solver.check(*assumed) == z3.sat)


@pytest.mark.parametrize("seed", range(100, 104))
def test_gaps_overlaps_and_dead_rows_are_those_that_z3_proves(seed: int) -> None:
    for scene in scenes(seed, 250):
        compiled = compile_table(scene.table)
        ordered = in_order(compiled)
        variables = [variable(column, number) for number, column in enumerate(scene.columns)]
        solver = z3.Solver()
        solver.add([domain for _, domain in variables])
        rows = [
            z3.And([holds(c.cells[row][1], x) for c, (x, _) in zip(scene.columns, variables, strict=True)])
            for row in range(len(scene.table.rows))
        ]

        assert bool(list(gaps(compiled, Budget(AMPLE)))) == is_possible(solver, *map(z3.Not, rows)), scene.table
        met = {(i, j) for i, j in combinations(range(len(rows)), 2) if is_possible(solver, rows[i], rows[j])}
        assert set(pairs(compiled, Slices(compiled, Budget(AMPLE)))) == met, scene.table
        assert dead(ordered) == never(solver, ordered, rows), scene.table


def dead(ordered: CompiledTable) -> set[str]:
    return {one.row for one in unreachable(ordered, Slices(ordered, Budget(AMPLE)), Budget(AMPLE))}


def never(solver: z3.Solver, ordered: CompiledTable, rows: Sequence[z3.BoolRef]) -> set[str]:
    """The rows that z3 finds no situation for, in which no row before answers where the first one does."""
    places = [int(row.id[1:]) for row in ordered.table.rows]
    first = ordered.table.hit is HitPolicy.FIRST
    return {
        f"r{place}"
        for turn, place in enumerate(places)
        if not is_possible(solver, rows[place], *(z3.Not(rows[one]) for one in places[:turn] if first))
    }


def is_known_to_zen(scene: Scene) -> bool:
    """zen has the policies first and collect, and no days that are not moments."""
    dated = any(column.column["type"] == "date" for column in scene.columns)
    return not dated and bool(scene.table.rows) and scene.table.hit in (HitPolicy.FIRST, HitPolicy.COLLECT)


def engine(scene: Scene) -> zen.ZenEngine:
    """The table in zen, each row saying its number."""
    keys = [column.key for column in scene.table.inputs]
    rules = [
        {"_id": f"r{row}", "row": str(row)}
        | {key: in_zen(column.cells[row][1]) for key, column in zip(keys, scene.columns, strict=True)}
        for row in range(len(scene.table.rows))
    ]
    return zen_engine(scene.table.hit.value, keys, rules)


def in_zen(meaning: Meaning) -> str:
    """The cell without parentheses: zen quietly takes those around `and` and `or` for something else."""
    joined = " and " if meaning.negated else " or "
    return joined.join(part_in_zen(part, out=meaning.negated) for part in meaning.parts)


def part_in_zen(part: Part, *, out: bool) -> str:
    if part.is_point:
        return f"$ {'!=' if out else '=='} {json.dumps(part.low)}"
    if part.low is None:
        return f"$ {SIGN[part.high_in != out, out]} {part.high}"
    if part.high is None:
        return f"$ {SIGN[part.low_in != out, not out]} {part.low}"
    interval = f"{'[' if part.low_in else '('}{part.low}..{part.high}{']' if part.high_in else ')'}"
    return f"$ {'not in' if out else 'in'} {interval}"


def as_text(table: Table, point: Sequence[Any]) -> str:
    """The inputs as JSON text, in which alone figures stay exact on their way to zen."""
    said = (str(value) if isinstance(value, Decimal) else json.dumps(value) for value in point)
    named = (f'"{column.key}": {value}' for column, value in zip(table.inputs, said, strict=True))
    return f"{{{', '.join(named)}}}"


@pytest.mark.parametrize("seed", range(200, 202))
def test_zen_answers_alike_where_it_can_say_the_table(seed: int) -> None:
    known = [scene for scene in scenes(seed, 550) if is_known_to_zen(scene)]
    assert len(known) >= 30
    for scene in known:
        compiled, other = compile_table(scene.table), engine(scene)
        for point, rows in scene.truth().items():
            theirs: Any = other.evaluate("table", as_text(scene.table, point))["result"]
            listed = theirs if isinstance(theirs, list) else [theirs] if theirs else []
            assert [f"r{one['row']}" for one in listed] == evaluate(compiled, scene.inputs(point)).rows, (scene, point)
            assert len(listed) == (len(rows) if scene.table.hit is HitPolicy.COLLECT else min(len(rows), 1))
