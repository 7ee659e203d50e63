"""What could be done about a finding: proposals of a few steps that an editor carries out when somebody says so.

Each proposal was tried: it closes what it is for, and brings no gap, overlap, dead row or mistake that was not there.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import JsonValue

from postroad.model.base import Fact
from postroad.model.hit import HitPolicy
from postroad.model.label import Label
from postroad.model.table import Output, Row, Table
from postroad.rules.bounds import grown, shrunk
from postroad.rules.check import check
from postroad.rules.phrases import says
from postroad.rules.report import Gap, Overlap, Redundant, Report, Unreachable

TRIED = 8
"""Findings of a sort for which proposals are sought; the others get theirs once these are mended."""

_BUDGET = 100_000


class Step(Fact):
    """One change of the table: `row` is the id of the row it is about, `added` the row that comes at the end."""

    kind: Literal["add_row", "move_row", "delete_row", "set_cell", "set_default", "set_hit"]
    row: str | None = None
    before: str | None = None
    column: str | None = None
    cell: str | None = None
    added: Row | None = None
    default: dict[str, JsonValue] | None = None
    hit: HitPolicy | None = None


class Mending(Fact):
    """A proposal: what it is called on a button, and its steps."""

    title: Label
    steps: tuple[Step, ...]


class Mender:
    """Proposals for one table and what was found in it; rows are called by their number."""

    def __init__(self, table: Table, report: Report) -> None:
        self._table, self._report = table, report
        self._number = {row.id: place for place, row in enumerate(table.rows, start=1)}
        self._columns = {column.key: column for column in table.inputs}

    def of_gap(self, gap: Gap) -> list[Mending]:
        moved = [self._cell(*one) for one in grown(self._table, gap.row)]
        then = _to_owner(self._table.outputs)
        return [*self._good(moved), self._new_row(gap, then), *self._default(then)]

    def of_overlap(self, overlap: Overlap) -> list[Mending]:
        moved = [self._cell(*one) for one in shrunk(self._table, *overlap.rows)]
        first = Mending(
            title=Label(zh="改为自上而下，第一条为准", en="Let the first row from above count"),
            steps=(Step(kind="set_hit", hit=HitPolicy.FIRST),),
        )
        return [*self._good(moved), *self._good([first])]

    def of_dead(self, dead: Unreachable) -> list[Mending]:
        moved = []
        if dead.by:
            before = min(dead.by, key=lambda one: self._number[one])
            number = self._number[before]
            moved = [
                Mending(
                    title=Label(zh=f"移到第 {number} 行之前", en=f"Move it before row {number}"),
                    steps=(Step(kind="move_row", row=dead.row, before=before),),
                )
            ]
        return [*self._good(moved), self._deletion(dead.row)]

    def of_redundant(self, redundant: Redundant) -> list[Mending]:
        return [self._deletion(redundant.row)]

    def _cell(self, row: str, column: str, cell: str) -> Mending:
        said, number, title = says(self._columns[column], cell), self._number[row], self._columns[column].title
        return Mending(
            title=Label(
                zh=f"第 {number} 行的{title.zh}改为“{said.zh}”", en=f"Make the {title.en} of row {number} “{said.en}”"
            ),
            steps=(Step(kind="set_cell", row=row, column=column, cell=cell),),
        )

    def _new_row(self, gap: Gap, then: dict[str, JsonValue]) -> Mending:
        added = gap.row.model_copy(update={"id": self._free_id(), "then": {**then, **gap.row.then}})
        told = (
            Label(zh="补一行，先交流程负责人", en="Add a row, for now to the owner of the process")
            if added.then
            else Label(zh="补一行", en="Add a row")
        )
        return Mending(title=told, steps=(Step(kind="add_row", added=added),))

    def _default(self, then: dict[str, JsonValue]) -> list[Mending]:
        if len(then) < len(self._table.outputs) or self._table.hit is HitPolicy.COLLECT_COUNT:
            return []
        title = Label(zh="设默认行：其余交流程负责人", en="Leave the rest to the owner of the process")
        return [Mending(title=title, steps=(Step(kind="set_default", default=then),))]

    def _deletion(self, row: str) -> Mending:
        number = self._number[row]
        title = Label(zh=f"删除第 {number} 行", en=f"Delete row {number}")
        return Mending(title=title, steps=(Step(kind="delete_row", row=row),))

    def _free_id(self) -> str:
        number = len(self._table.rows) + 1
        while f"r{number}" in self._number:
            number += 1
        return f"r{number}"

    def _good(self, proposals: Iterable[Mending]) -> Iterator[Mending]:
        before = _wrong(self._report)
        for one in proposals:
            after = check(mended(self._table, one), budget=_BUDGET)
            if not after.errors and _wrong(after) < before:
                yield one


def mended(table: Table, mending: Mending) -> Table:
    """The table after the steps of a proposal."""
    for step in mending.steps:
        table = _after(table, step)
    return table


def _after(table: Table, step: Step) -> Table:
    rows = list(table.rows)
    if step.kind == "add_row" and step.added is not None:
        rows.append(step.added)
    elif step.kind == "set_default":
        return table.model_copy(update={"default": step.default})
    elif step.kind == "set_hit":
        return table.model_copy(update={"hit": step.hit})
    else:
        place = next(place for place, row in enumerate(rows) if row.id == step.row)
        row = rows.pop(place)
        if step.kind == "set_cell":
            rows.insert(place, row.model_copy(update={"when": {**row.when, str(step.column): step.cell or ""}}))
        elif step.kind == "move_row":
            rows.insert(next(place for place, one in enumerate(rows) if one.id == step.before), row)
    return table.model_copy(update={"rows": tuple(rows)})


def _wrong(report: Report) -> int:
    return len(report.gaps) + len(report.overlaps) + len(report.unreachable)


def _to_owner(outputs: Iterable[Output]) -> dict[str, JsonValue]:
    """What the owner of the process gets for now; outputs that name nobody are left for the author to say."""
    return {output.key: {"process_owner": True} for output in outputs if output.type == "who"}
