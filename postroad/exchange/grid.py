"""One sheet read line by line: what stands under which key, and what a cell is called when something is wrong in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter

from postroad.exchange.problem import Located, located
from postroad.model.label import Label
from postroad.model.sheet import Sheet, normal

KEYS_WITHIN = 10
"""Above the row of keys there may be titles and other rows, so many at most, blank ones not counted."""

MOST_FILLED = 200_000


def cell_name(sheet: str, row: int, column: int) -> str:
    """As spreadsheets say it: ``规则!C7``; rows and columns count from 1."""
    return f"{sheet}!{get_column_letter(column)}{row}"


@dataclass(frozen=True)
class Line:
    """One row: its text by key, without what is empty."""

    grid: "Grid"
    row: int
    text: dict[str, str]

    def get(self, key: str) -> str:
        return self.text.get(key, "")

    def place(self, key: str) -> str:
        """The cell under a key; the first of the row, if nothing stands under it."""
        return cell_name(self.grid.name, self.row, self.grid.columns.get(key, 1))


@dataclass
class Grid:
    """A sheet with its keys. ``problems`` grows while lines are read."""

    name: str
    columns: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    problems: list[Located] = field(default_factory=list)
    keys_row: int = 0

    def heading(self, key: str) -> str:
        """The cell in which a key stands."""
        return cell_name(self.name, self.keys_row, self.columns[key])


def grid_of(sheet: Sheet, needed: Sequence[str]) -> Grid:
    """The sheet by its keys, which are in the first row that has all those needed; blank rows are passed over.

    ``when.`` needs any key that begins so.
    """
    grid = Grid(sheet.name)
    candidates = [row for row, cells in enumerate(sheet.rows, start=1) if any(map(str.strip, cells))][:KEYS_WITHIN]
    keys = ((row, [_key(cell) for cell in sheet.rows[row - 1]]) for row in candidates)
    found = next(((row, said) for row, said in keys if all(_has(said, key) for key in needed)), None)
    if found is None:
        zh, en = f"前几行中没有键 {'、'.join(needed)}", f"no row of keys with {', '.join(needed)}"
        grid.problems.append(located(f"{sheet.name}!A1", zh, en))
        return grid
    grid.keys_row, said = found
    for place, key in enumerate(said, start=1):
        if key in grid.columns:
            where = cell_name(sheet.name, grid.keys_row, place)
            grid.problems.append(located(where, f"键 {key} 出现两次", f"the key {key} appears twice"))
        elif key:
            grid.columns[key] = place
    grid.lines = list(_lines(sheet, grid))
    return grid


def _has(said: Sequence[str], needed: str) -> bool:
    return any(key == needed or (needed.endswith(".") and key.startswith(needed)) for key in said)


def _key(cell: str) -> str:
    said = normal(cell).split(maxsplit=1)
    return said[0] if said else ""


def _lines(sheet: Sheet, grid: Grid) -> Iterator[Line]:
    filled = dict(_filled(sheet, grid))
    for row, cells in enumerate(sheet.rows[grid.keys_row :], start=grid.keys_row + 1):
        _complain(sheet, grid, row)
        read = {key: filled.get((row, at)) or _at(cells, at) for key, at in grid.columns.items()}
        text = {key: said for key, said in read.items() if said}
        if text:
            yield Line(grid, row, text)


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column - 1].strip() if column <= len(cells) else ""


def _complain(sheet: Sheet, grid: Grid, row: int) -> None:
    for column in grid.columns.values():
        why: Label | None = sheet.unreadable.get((row, column))
        if why is not None:
            grid.problems.append(Located(place=cell_name(sheet.name, row, column), message=why))


def _filled(sheet: Sheet, grid: Grid) -> Iterator[tuple[tuple[int, int], str]]:
    """What the cells below the first one of a merged range say; a range over several columns is refused."""
    count = 0
    for top, left, bottom, right in sheet.merged:
        if top <= grid.keys_row or left > max(grid.columns.values()):
            continue
        count += bottom - top + 1
        if right > left or count > MOST_FILLED:
            zh, en = "请取消跨列的合并单元格", "do not merge cells across columns"
            grid.problems.append(located(cell_name(sheet.name, top, left), zh, en))
            return
        text = _at(sheet.rows[top - 1], left) if top <= len(sheet.rows) else ""
        yield from (((row, left), text) for row in range(top + 1, bottom + 1) if text)
