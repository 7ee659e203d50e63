"""Small random tables together with what their cells mean, said apart from the language of cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any, NamedTuple

from postroad.model.hit import HitPolicy
from postroad.model.table import Table

MOST_POINTS = 100
DAYS = [date(2026, 2, 26) + timedelta(days=n) for n in range(7)]
HALVES = [Decimal(n) / 2 for n in range(-2, 13)]
WORDS = ["red", "green", "blue"]
FIGURES = [0, 1, 2]


class Part(NamedTuple):
    """Values between two ends, None being no end; a single value has itself at both."""

    low: Any
    low_in: bool
    high: Any
    high_in: bool

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


class Meaning(NamedTuple):
    """One of the parts, or, negated, none of them; without parts anything."""

    parts: tuple[Part, ...] = ()
    negated: bool = False

    def holds(self, value: Any) -> bool:
        return not self.parts or self.negated != any(_within(part, value) for part in self.parts)


@dataclass
class Drawn:
    """A column with every point that can tell two cells apart, and a cell for each row as text and as what it means."""

    column: dict[str, Any]
    domain: Meaning
    points: list[Any]
    cells: list[tuple[str, Meaning]]


@dataclass
class Scene:
    """A table and its columns; with ``days`` the last of these are the dates of its rows."""

    table: Table
    columns: list[Drawn]
    days: bool

    def rows_at(self, point: Sequence[Any]) -> list[int]:
        """The rows that apply, by what their cells mean."""
        places = range(len(self.table.rows))
        return [
            row for row in places if all(c.cells[row][1].holds(v) for c, v in zip(self.columns, point, strict=True))
        ]

    def truth(self) -> dict[tuple[Any, ...], list[int]]:
        """Every point and the rows that apply there."""
        return {point: self.rows_at(point) for point in product(*(column.points for column in self.columns))}

    def inputs(self, point: Sequence[Any]) -> dict[str, Any]:
        return {column.key: value for column, value in zip(self.table.inputs, point, strict=False)}

    def day(self, point: Sequence[Any]) -> date | None:
        return point[-1] if self.days else None


def scenes(seed: int, count: int) -> Iterator[Scene]:
    """As many tables, always the same ones for a seed, with every hit policy in turn."""
    chance = Random(seed)
    policies = list(HitPolicy)
    for number in range(count):
        yield _scene(chance, policies[number % len(policies)])


def _scene(chance: Random, hit: HitPolicy) -> Scene:
    rows = chance.randint(0, 6)
    columns: list[Drawn] = []
    while not columns or _size(columns) > MOST_POINTS:
        columns = [_column(chance, rows) for _ in range(chance.randint(1, 3))]
    days = rows > 0 and chance.random() < 0.25 and _size(columns) * len(DAYS) <= MOST_POINTS * 2
    periods = [_period(chance) for _ in range(rows)] if days else []
    if any(first or last for first, last in periods):
        dated = [_dated(periods)]
    else:
        dated, periods = [], []
    return Scene(_table(chance, hit, columns, periods, rows), [*columns, *dated], bool(dated))


def _table(chance: Random, hit: HitPolicy, columns: list[Drawn], periods: list[Any], rows: int) -> Table:
    output: dict[str, Any] = {"key": "y", "type": "number"}
    if hit.ranks or chance.random() < 0.3:
        output["values"] = chance.sample(FIGURES, k=3)
    written: list[dict[str, Any]] = []
    for row in range(rows):
        first, last = periods[row] if periods else (None, None)
        when = {f"c{n}": column.cells[row][0] for n, column in enumerate(columns)}
        then = {"y": _spelt(chance, chance.choice(FIGURES))}
        written.append({"id": f"r{row}", "when": when, "then": then, "valid_from": first, "valid_to": last})
    return Table.model_validate(
        {
            "table": "random",
            "hit": hit,
            "inputs": [{"key": f"c{n}", **column.column} for n, column in enumerate(columns)],
            "outputs": [output],
            "rows": written,
            "default": _default(chance, hit),
        }
    )


def _spelt(chance: Random, figure: int) -> Any:
    return chance.choice([figure, f"{figure}.00"])


def _default(chance: Random, hit: HitPolicy) -> Any:
    if hit is HitPolicy.COLLECT_COUNT or chance.random() < 0.5:
        return None
    says = {"y": chance.choice(FIGURES)}
    return chance.choice([says, [], [says], [says, says]]) if hit.lists else says


def _size(columns: list[Drawn]) -> int:
    total = 1
    for column in columns:
        total *= max(len(column.points), 1)
    return total


def _column(chance: Random, rows: int) -> Drawn:
    kind = chance.choice(["number", "date", "enum", "text", "bool"])
    if kind == "number":
        return _ordered(chance, kind, list(range(6)), HALVES, rows)
    if kind == "date":
        return _ordered(chance, kind, DAYS[1:-1], DAYS, rows)
    values: list[Any] = [True, False] if kind == "bool" else WORDS
    cells = [_cell(chance, lambda: _one_of(chance, values)) for _ in range(rows)]
    points = [*values, "其他"] if kind == "text" else values
    column = {"type": kind, "domain": values} if kind == "enum" else {"type": kind}
    return Drawn(column, Meaning(), points, cells)


def _ordered(chance: Random, kind: str, cuts: list[Any], grid: list[Any], rows: int) -> Drawn:
    text, domain = "", Meaning()
    if chance.random() < 0.5:
        text, domain = _cell(chance, lambda: _span(chance, cuts))
    if not any(domain.holds(one) for one in grid):
        text, domain = "", Meaning()
    cells = [_cell(chance, lambda: _span(chance, cuts)) for _ in range(rows)]
    return Drawn({"type": kind, "domain": text or None}, domain, [one for one in grid if domain.holds(one)], cells)


def _cell(chance: Random, draw: Any) -> tuple[str, Meaning]:
    form = chance.choice(["any", "one", "one", "list", "not"])
    if form == "any":
        return chance.choice(["", "-"]), Meaning()
    drawn = [draw() for _ in range(1 if form == "one" else chance.randint(1, 3))]
    text, parts = ", ".join(text for text, _ in drawn), tuple(part for _, part in drawn)
    return (f"not({text})", Meaning(parts, negated=True)) if form == "not" else (text, Meaning(parts))


def _one_of(chance: Random, values: list[Any]) -> tuple[str, Part]:
    value = chance.choice(values)
    return str(value).lower(), Part(value, True, value, True)


def _span(chance: Random, cuts: list[Any]) -> tuple[str, Part]:
    low, high = sorted(chance.choices(cuts, k=2))
    sign = chance.choice(["<", "<=", ">", ">=", "=", "[", "[", "(", "(.."])
    if sign in ("<", "<="):
        return f"{sign} {low}", Part(None, False, low, sign == "<=")
    if sign in (">", ">="):
        return f"{sign} {low}", Part(low, sign == ">=", None, False)
    if sign == "=" or low == high:
        return f"= {low}", Part(low, True, low, True)
    if sign == "(..":
        closed = chance.random() < 0.5
        return f"(..{high}{']' if closed else ')'}", Part(None, False, high, closed)
    closed = chance.random() < 0.5
    return f"{sign}{low}..{high}{']' if closed else ')'}", Part(low, sign == "[", high, closed)


def _period(chance: Random) -> tuple[date | None, date | None]:
    first, last = sorted(chance.choices(DAYS[1:-1], k=2))
    return chance.choice([(None, None), (first, None), (None, last), (first, last), (first, last)])


def _dated(periods: list[tuple[date | None, date | None]]) -> Drawn:
    """The days as one more column; a table of which every row begins some day is not looked at before the first."""
    starts = [first for first, _ in periods if first]
    begins = min(starts) if len(starts) == len(periods) else None
    domain = Meaning((Part(begins, True, None, False),)) if begins else Meaning()
    cells = [("", Meaning((Part(first, True, last, True),)) if first or last else Meaning()) for first, last in periods]
    return Drawn({"type": "date"}, domain, [day for day in DAYS if domain.holds(day)], cells)


def _within(part: Part, value: Any) -> bool:
    if part.is_point:
        return bool(value == part.low)
    above = part.low is None or value > part.low or (part.low_in and value == part.low)
    return above and (part.high is None or value < part.high or (part.high_in and value == part.high))
