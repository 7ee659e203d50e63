"""From the sheets that a business person edits to a decision table, or to the cells that have to be corrected."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from postroad.exchange import plain
from postroad.exchange.computing import read_computed
from postroad.exchange.grid import Grid, Line, grid_of
from postroad.exchange.layout import (
    CASES,
    COLUMNS,
    DEFAULT_LIST,
    DEFAULTS,
    IN,
    RULES,
    THEN,
    USES,
    WHEN,
    sheet_called,
)  # fmt: skip
from postroad.exchange.problem import Located, NotATable, located
from postroad.model.refusals import Malformed
from postroad.model.sheet import Sheet
from postroad.model.table import Table
from postroad.model.wrong import wrong_field
from postroad.rules.problem import Problem
from postroad.rules.wellformed import problems

Place = tuple[str | int, ...]


def table_of(name: str, sheets: Sequence[Sheet]) -> Table:
    """The table in the sheets called 规则, 列 and, if there is one, 样例; other sheets are not read.

    Raises:
        NotATable: with every cell that has to be corrected; ``name`` is what the file is called.
    """
    return _reading(name, sheets).table()


def shape_of(name: str, sheets: Sequence[Sheet]) -> Table:
    """The table as it stands in the sheets, which may have cells that cannot be meant.

    Raises:
        NotATable: what is there is no table at all.
    """
    return _reading(name, sheets).shape()


def _reading(name: str, sheets: Sequence[Sheet]) -> "_Reading":
    return _Reading(name, {sheet_called(sheet.name): sheet for sheet in reversed(sheets)})


class _Reading:
    """Notes what is wrong and goes on, so that everything is found at once. ``places`` knows the cell of each field."""

    def __init__(self, name: str, sheets: dict[str | None, Sheet]) -> None:
        self.name = name
        self.sheets = sheets
        self.problems: list[Located] = []
        self.places: dict[Place, str] = {}
        self.content: dict[str, Any] = {"inputs": [], "given": [], "outputs": [], "rows": []}
        self.types: dict[tuple[str, str], str] = {}

    def table(self) -> Table:
        table = self.shape()
        self.problems += [self._placed(one) for one in problems(table)]
        self._stop_on_problems()
        return table

    def shape(self) -> Table:
        columns, rules = self._grid(COLUMNS, ("use", "key")), self._grid(RULES, ("id", THEN))
        self._stop_on_problems()
        self._columns(columns)
        self._headings(rules)
        self._rules(rules)
        if CASES in self.sheets:
            self._cases(self._grid(CASES, ("status", "rows", "outcome")))
        self.problems += [one for grid in (columns, rules) for one in grid.problems]
        self._stop_on_problems()
        return self._built()

    def _grid(self, called: str, needed: Sequence[str]) -> Grid:
        sheet = self.sheets.get(called)
        if sheet is None:
            self.problems.append(located("", f"没有名为“{called}”的工作表", f"there is no sheet called “{called}”"))
            return Grid(called)
        return grid_of(sheet, needed)

    def _stop_on_problems(self) -> None:
        if self.problems:
            raise NotATable(self.name, self.problems)

    def _read(self, line: Line, key: str, reader: Callable[[str], Any]) -> Any:
        """What the reader makes of a cell; None when the cell is empty or wrong, which is noted."""
        if not line.get(key):
            return None
        try:
            return reader(line.get(key))
        except Malformed as refused:
            self.problems.append(Located(place=line.place(key), message=refused.label))
            return None

    def _value(self, line: Line, key: str, kind: str) -> Any:
        return self._read(line, key, lambda text: plain.read_value(text, kind))

    def _columns(self, grid: Grid) -> None:
        for line in grid.lines:
            use = USES.get(line.get("use").casefold())
            if use is None:
                zh, en = "用途应为 表、输入、计算用、输出 之一", "use is one of table, input, given, output"
                self.problems.append(located(line.place("use"), zh, en))
            elif use == "table":
                self._head(line)
            else:
                self._column(line, use)

    def _head(self, line: Line) -> None:
        for field, key in (("table", "key"), ("title", "title"), ("hit", "type")):
            self.places[field,] = line.place(key)
        said = {"table": line.get("key"), "title": self._read(line, "title", plain.read_label), "hit": line.get("type")}
        self.content |= {field: value for field, value in said.items() if value}

    def _column(self, line: Line, use: str) -> None:
        kind, key, number = line.get("type"), line.get("key"), len(self.content[use])
        said = {
            "key": key,
            "title": self._read(line, "title", plain.read_label),
            "type": kind or None,
            "unit": self._value(line, "unit", "text"),
        }
        if use == "inputs":
            said |= {"domain": self._read(line, "domain", lambda text: _domain(text, kind))}
            said |= {"is": self._read(line, "is", read_computed)}
        elif use == "outputs":
            said["values"] = self._read(line, "domain", lambda text: plain.read_values(text, kind))
        for field in ("key", "title", "type", "unit", "domain", "is"):
            self.places[use, number, field] = self.places[use, key, field] = line.place(field)
        self.places[use, number, "values"] = self.places[use, key, "values"] = line.place("domain")
        self.types[use, key] = kind
        self.content[use].append({field: value for field, value in said.items() if value is not None})

    def _headings(self, grid: Grid) -> None:
        """Every column of rules must be among the columns; one without a key is the author's own."""
        known = {"id", "note", "valid_from", "valid_to"}
        known |= {f"{WHEN}{key}" for use, key in self.types if use == "inputs"}
        known |= {f"{THEN}{key}" for use, key in self.types if use == "outputs"}
        for key in grid.columns.keys() - known:
            zh, en = f"“{COLUMNS}”表中没有 {key}", f"{key} is not in the sheet “{COLUMNS}”"
            self.problems.append(located(grid.heading(key), zh, en))

    def _rules(self, grid: Grid) -> None:
        for line in grid.lines:
            default = DEFAULTS.get(line.get("id").casefold())
            if default is None:
                self._row(line)
            else:
                self._default(line, is_list=default == DEFAULT_LIST)

    def _row(self, line: Line) -> None:
        if not line.get("id"):
            self.problems.append(located(line.place("id"), "缺少行号", "the id of the row is missing"))
            return
        row, number = self._value(line, "id", "text"), len(self.content["rows"])
        keys = [key for use, key in self.types if use == "inputs"]
        when = {key: self._cell(line, key) for key in keys if line.get(f"{WHEN}{key}")}
        said = {"id": row, "when": when, "then": self._then(line, str(row))}
        said |= {"note": self._read(line, "note", plain.read_label)}
        for day in ("valid_from", "valid_to"):
            said |= {day: self._read(line, day, plain.read_day)}
        self.places["again", str(row)] = line.place("id")
        for field in ("id", "note", "valid_from", "valid_to"):
            self.places["rows", number, field] = line.place(field)
            self.places.setdefault(("row", str(row), field), line.place(field))
        for key in keys:
            self.places["rows", number, "when", key] = line.place(f"{WHEN}{key}")
            self.places.setdefault(("row", str(row), "when", key), line.place(f"{WHEN}{key}"))
        self.content["rows"].append({field: value for field, value in said.items() if value is not None})

    def _cell(self, line: Line, key: str) -> Any:
        kind = self.types["inputs", key]
        return self._read(line, f"{WHEN}{key}", lambda text: plain.read_cell(text, kind))

    def _then(self, line: Line, row: str) -> dict[str, Any]:
        outputs = {key: kind for (use, key), kind in self.types.items() if use == "outputs"}
        for key in outputs:
            self.places.setdefault(("row", row, "then", key), line.place(f"{THEN}{key}"))
        said = {key: kind for key, kind in outputs.items() if line.get(f"{THEN}{key}")}
        return {key: self._value(line, f"{THEN}{key}", kind) for key, kind in said.items()}

    def _default(self, line: Line, *, is_list: bool) -> None:
        for key in line.text:
            if key != "id" and not key.startswith(THEN):
                zh, en = "默认行只写结果", "a default row has outputs only"
                self.problems.append(located(line.place(key), zh, en))
        self.places.setdefault(("default",), line.place("id"))
        then, before = self._then(line, "default"), self.content.get("default")
        if is_list and (before is None or isinstance(before, list)):
            self.content["default"] = [*(before or []), *([then] if then else [])]
        elif before is None:
            self.content["default"] = then
        else:
            zh, en = "只能有一行“默认”；多个结果请都写“默认列表”", "there is another default; call each “default list”"
            self.problems.append(located(line.place("id"), zh, en))

    def _cases(self, grid: Grid) -> None:
        self.content["cases"] = [self._case(line, number) for number, line in enumerate(grid.lines)]
        self.problems += grid.problems

    def _case(self, line: Line, number: int) -> dict[str, Any]:
        known = {key: kind for (use, key), kind in self.types.items() if use in ("inputs", "given")}
        asked = [key.removeprefix(IN) for key in line.text if key.startswith(IN)]
        said = {"name": self._value(line, "name", "text"), "on": self._read(line, "on", plain.read_day)}
        self.places["cases", number] = line.place("name")
        self.places["cases", number, "expect"] = line.place("rows")
        self.places["cases", number, "on"] = line.place("on")
        for field in ("status", "rows", "default", "outcome"):
            self.places["cases", number, "expect", field] = line.place(field)
        return {
            **{field: value for field, value in said.items() if value is not None},
            "inputs": {key: self._value(line, f"{IN}{key}", known.get(key, "json")) for key in asked},
            "expect": self._expected(line),
        }

    def _expected(self, line: Line) -> dict[str, Any]:
        read: dict[str, Callable[[str], Any]] = {
            "status": str.upper,
            "rows": lambda text: plain.read_values(text, "text"),
            "default": lambda text: plain.read_value(text, "bool"),
            "outcome": lambda text: plain.read_value(text, "json"),
        }
        return {field: self._read(line, field, reader) for field, reader in read.items() if line.get(field)}

    def _built(self) -> Table:
        try:
            return Table.model_validate(self.content)
        except ValidationError as error:
            found = [_wrong(self._nearest(tuple(one["loc"])), dict(one)) for one in error.errors()]
            raise NotATable(self.name, found) from error

    def _nearest(self, loc: Place) -> str:
        """The cell of a field, or of what the field is part of."""
        for end in range(len(loc), 0, -1):
            place = self.places.get(loc[:end]) or self.places.get((*loc[:end], "key"))
            if place:
                return place
        return COLUMNS

    def _placed(self, found: Problem) -> Located:
        if found.row:
            ways: list[Place] = [
                *([("again", found.row)] if found.code == "duplicate_row" else []),
                ("row", found.row, "then" if found.code.startswith(_ABOUT_OUTPUTS) else "when", found.column or ""),
                ("row", found.row, found.column or "id"),
                ("row", found.row, "id"),
                ("default",),
            ]
        else:
            use = "outputs" if found.code.startswith(_ABOUT_OUTPUTS) else "inputs"
            field = _FIELDS.get(found.code, "domain" if use == "outputs" else "key")
            key = found.column or ""
            ways = [(use, key, field), ("given", key, field), ("default",) if "default" in found.code else ("hit",)]
        return Located(place=next((self.places[way] for way in ways if way in self.places), ""), message=found.message)


_ABOUT_OUTPUTS = ("output", "outside_values", "unknown_output", "aggregate_type")
_FIELDS = {
    "domain_missing": "domain", "domain_error": "domain", "unit_missing": "unit",
    "computed_type": "type", "computed_error": "is", "aggregate_type": "type",
}  # fmt: skip


def _domain(text: str, kind: str) -> Any:
    if text.startswith(plain.LITERAL):
        return plain.read_value(text, "json")
    return plain.read_values(text, "text") if kind in plain.WORDS else plain.read_cell(text, kind)


def _wrong(place: str, error: dict[str, Any]) -> Located:
    return located(place, *wrong_field(error))
