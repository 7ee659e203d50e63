"""The evaluator and the checker against plain counting: every point of a thousand small random tables."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from postroad.model.hit import HitPolicy
from postroad.model.table import Status, Table
from postroad.rules.cells import parse_cell
from postroad.rules.check import check
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.gaps import gaps
from postroad.rules.overlaps import overlap, pairs
from postroad.rules.ranking import in_order
from postroad.rules.redundant import redundant
from postroad.rules.regions import Budget, Slices
from postroad.rules.report import Report
from postroad.rules.unreachable import unreachable
from tests.rules.drawing import Scene, scenes

AMPLE = 10**7
SEEDS = range(8)
TABLES = 130
"""For each seed."""

Truth = dict[tuple[Any, ...], list[int]]
Answer = tuple[Status, Sequence[int], Any]


def said(table: Table, row: int) -> Decimal:
    return Decimal(str(table.rows[row].then["y"]))


def answer(table: Table, rows: list[int]) -> Answer:
    """What the hit policy makes of exactly these rows; figures stand for the outcomes, a list for a list of them."""
    figures, hit = [said(table, row) for row in rows], table.hit
    if hit is HitPolicy.COLLECT_COUNT:
        return Status.OK, rows, Decimal(len(rows))
    if not rows:
        return (Status.NO_MATCH, [], None) if table.default is None else (Status.OK, [], by_default(table))
    if (hit is HitPolicy.UNIQUE and len(rows) > 1) or (hit is HitPolicy.ANY and len(set(figures)) > 1):
        return Status.CONFLICT, rows, None
    if hit in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER):
        return Status.OK, rows, figures
    important = sorted(rows, key=lambda row: importance(table, row))
    if hit is HitPolicy.OUTPUT_ORDER:
        return Status.OK, important, [said(table, row) for row in important]
    if hit is HitPolicy.PRIORITY:
        return Status.OK, important[:1], said(table, important[0])
    together = {HitPolicy.COLLECT_SUM: sum, HitPolicy.COLLECT_MIN: min, HitPolicy.COLLECT_MAX: max}
    if hit in together:
        return Status.OK, rows, together[hit](figures)
    return Status.OK, rows if hit is HitPolicy.ANY else rows[:1], figures[0]


def importance(table: Table, row: int) -> int:
    return (
        [Decimal(str(value)) for value in table.outputs[0].values or ()].index(said(table, row))
        if table.hit.ranks
        else 0
    )


def by_default(table: Table) -> Any:
    default = table.default
    listed = [figure(one) for one in (default if isinstance(default, tuple) else (default,))]
    return listed if table.hit.lists else listed[0]


def figure(outcome: Any) -> Decimal:
    return Decimal(str(outcome["y"]))


def inside(table: Table, when: dict[str, str], point: Sequence[Any]) -> bool:
    cells = (
        (parse_cell(when.get(column.key, ""), column.type), value)
        for column, value in zip(table.inputs, point, strict=False)
    )
    return all(test.holds(value) for test, value in cells)


def assert_evaluates(scene: Scene, compiled: CompiledTable, truth: Truth) -> None:
    for point, rows in truth.items():
        got = evaluate(compiled, scene.inputs(point), scene.day(point))
        outcome = (
            [figure(one) for one in got.outcome]
            if isinstance(got.outcome, list)
            else got.outcome and figure(got.outcome)
        )
        status, wanted, says = answer(scene.table, rows)
        assert (got.status, got.rows, outcome) == (status, [f"r{row}" for row in wanted], says), (scene.table, point)


def assert_gaps(scene: Scene, compiled: CompiledTable, truth: Truth) -> None:
    found = list(gaps(compiled, Budget(AMPLE)))
    for point, rows in truth.items():
        boxes = [gap for gap in found if inside(scene.table, gap.when, point) and holds_on(gap.row, scene.day(point))]
        assert len(boxes) == (0 if rows else 1), (scene.table, point, boxes)
    for gap in found:
        got = evaluate(compiled, gap.witness, gap.on)
        assert (got.rows, holds_on(gap.row, gap.on)) == ([], True), (scene.table, gap)


def holds_on(row: Any, day: Any) -> bool:
    return day is None or ((not row.valid_from or row.valid_from <= day) and (not row.valid_to or day <= row.valid_to))


def assert_overlaps(scene: Scene, compiled: CompiledTable, truth: Truth) -> None:
    found = set(pairs(compiled, Slices(compiled, Budget(AMPLE))))
    assert found == {(i, j) for rows in truth.values() for i in rows for j in rows if i < j}, scene.table
    for first, second in found:
        one = overlap(compiled, first, second)
        both = {point for point, rows in truth.items() if {first, second} <= set(rows)}
        within = {point for point in truth if inside(scene.table, one.when, point)}
        assert within >= both if scene.days else within == both, (scene.table, one)
        assert {f"r{first}", f"r{second}"} <= rows_at(compiled, one), (scene.table, one)


def rows_at(compiled: CompiledTable, shown: Any) -> set[str]:
    """Every row that applies in a situation that was shown."""
    every = compile_table(compiled.table.model_copy(update={"hit": HitPolicy.COLLECT, "default": None}))
    return set(evaluate(every, shown.witness, shown.on).rows)


def heard(table: Table, truth: Truth) -> set[int]:
    """The rows that answer somewhere."""
    one = table.hit in (HitPolicy.FIRST, HitPolicy.PRIORITY)
    return {row for rows in truth.values() for row in (answer(table, rows)[1] if one else rows)}


def assert_rows(scene: Scene, compiled: CompiledTable, truth: Truth) -> None:
    """Which rows are dead, and which of the others can be left out."""
    ordered, alive = in_order(compiled), heard(scene.table, truth)
    slices = Slices(ordered, Budget(AMPLE))
    dead = {one.row for one in unreachable(ordered, slices, Budget(AMPLE))}
    assert dead == {row.id for place, row in enumerate(scene.table.rows) if place not in alive}, scene.table
    unneeded = {one.row for one in redundant(ordered, slices, Budget(AMPLE), dead)}
    assert unneeded == {f"r{row}" for row in alive if can_go(scene.table, truth, row)}, scene.table


def can_go(table: Table, truth: Truth, row: int) -> bool:
    within = [rows for rows in truth.values() if row in rows]
    if any(answer(table, rows)[0] is Status.CONFLICT for rows in within):
        return False
    outcomes = [(answer(table, rows), answer(table, [one for one in rows if one != row])) for rows in within]
    return all((before[0], before[2]) == (after[0], after[2]) for before, after in outcomes)


def assert_boundaries(scene: Scene, report: Report) -> None:
    for case in report.boundaries:
        point = [read(one, case.inputs[one.key]) for one in scene.table.inputs] + ([case.on] if scene.days else [])
        status, rows, _ = answer(scene.table, scene.rows_at(point))
        assert (case.status, case.rows) == (status, [f"r{row}" for row in rows]), (scene.table, case)


def read(column: Any, text: Any) -> Any:
    return next(
        (
            span.low
            for span in parse_cell(
                f'"{text}"' if column.type == "text" else str(text).lower() if column.type == "bool" else text,
                column.type,
            ).spans
        ),
        text,
    )


def assert_report(scene: Scene, report: Report, truth: Truth) -> None:
    table, open_points = scene.table, [point for point, rows in truth.items() if not rows]
    answered = table.default is not None or table.hit is HitPolicy.COLLECT_COUNT
    conflict = any(answer(table, rows)[0] is Status.CONFLICT for rows in truth.values())
    assert (bool(report.gaps), bool(report.by_default)) == (
        bool(open_points) and not answered,
        bool(open_points) and answered,
    ), table
    assert (bool(report.overlaps), report.proven) == (conflict, True), table
    alive = [said(table, row) for row in heard(table, truth)]
    alive += [figure(one) for one in defaults(table)] if open_points else []
    assert [one.value for one in report.unreached] == [
        value for value in table.outputs[0].values or () if Decimal(str(value)) not in alive
    ], table


def defaults(table: Table) -> Sequence[Any]:
    return table.default if isinstance(table.default, tuple) else [table.default] if table.default else []


@pytest.mark.parametrize("seed", SEEDS)
def test_evaluator_and_checker_agree_with_counting_every_point(seed: int) -> None:
    for scene in scenes(seed, TABLES):
        compiled, truth, report = compile_table(scene.table), scene.truth(), check(scene.table)

        assert_evaluates(scene, compiled, truth)
        assert_gaps(scene, compiled, truth)
        assert_overlaps(scene, compiled, truth)
        assert_rows(scene, compiled, truth)
        assert_boundaries(scene, report)
        assert_report(scene, report, truth)
