"""Decision tables by CPU time of this process: evaluations in a second, and the check of a large table.

The tables are drawn by a fixed seed. The same evaluations are put to zen, a general rule engine in Rust, with its trace
on: it then says which row answered, as ours always does.
"""

import json
from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from time import process_time
from typing import Any

import zen
from pydantic import BaseModel

from postroad.model.table import Evaluation, Table
from postroad.rules.check import check
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.explain import explain
from tests.rules.zen_table import zen_engine

ROWS = 1000
EVALUATE_BAR = 20_000
CHECK_BAR_SECONDS = 1.0

CATEGORIES = [f"c{number}" for number in range(20)]
REGIONS = ["east", "south", "west", "north", "abroad"]
BANDS = 10
"""Of amounts, each 1,000 wide, the last one open."""

ROLES = 150

Inputs = dict[str, Any]


class Evaluating(BaseModel):
    """Evaluations per second of CPU: ours with the matching rows and near misses, ours with every cell of every row."""

    rows: int
    columns: int
    compile_ms: float
    evaluate_per_second: float
    explain_per_second: float
    zen_with_trace_per_second: float
    ratio_to_zen: float


class Checking(BaseModel):
    """One check, whole: gaps, overlaps, dead and redundant rows, values nobody gets, bounds."""

    rows: int
    columns: int
    seconds: float
    gaps: int
    unreachable: int
    redundant: int
    proven: bool


class Bars(BaseModel):
    """What must be reached: 20,000 evaluations per second of CPU at 1,000 rows; 1,000 x 6 checked within a second."""

    evaluate_ok: bool
    check_ok: bool


class RulesReport(BaseModel):
    evaluating: Evaluating
    checking: Checking
    bars: Bars


def measured(rounds: int) -> RulesReport:
    """The medians of so many rounds."""
    evaluating, checking = _evaluating(rounds), _checking(rounds)
    bars = Bars(
        evaluate_ok=evaluating.evaluate_per_second >= EVALUATE_BAR, check_ok=checking.seconds <= CHECK_BAR_SECONDS
    )
    return RulesReport(evaluating=evaluating, checking=checking, bars=bars)


def _evaluating(rounds: int) -> Evaluating:
    table, asked = _routing(), _requests(1000)
    compiled, theirs = compile_table(table), _zen(table)
    texts = [json.dumps(inputs) for inputs in asked]
    _agree([evaluate(compiled, inputs) for inputs in asked], [_row(theirs, text) for text in texts])
    ours, full, other, ratios = [], [], [], []
    for _ in range(rounds):
        ours.append(_per_second(asked, lambda inputs: evaluate(compiled, inputs)))
        other.append(_per_second(texts, lambda text: theirs.evaluate("table", text, {"trace": True})))
        full.append(_per_second(asked[:50], lambda inputs: explain(compiled, inputs)))
        ratios.append(ours[-1] / other[-1])
    return Evaluating(
        rows=len(table.rows),
        columns=len(table.inputs),
        compile_ms=round(1000 * median(_seconds(lambda: compile_table(table)) for _ in range(rounds)), 1),
        evaluate_per_second=round(median(ours)),
        explain_per_second=round(median(full)),
        zen_with_trace_per_second=round(median(other)),
        ratio_to_zen=round(median(ratios), 2),
    )


def _checking(rounds: int) -> Checking:
    table = _exceptions()
    report = check(table)
    return Checking(
        rows=len(table.rows),
        columns=len(table.inputs),
        seconds=round(median(_seconds(lambda: check(table)) for _ in range(rounds)), 3),
        gaps=len(report.gaps),
        unreachable=len(report.unreachable),
        redundant=len(report.redundant),
        proven=report.proven,
    )


def _routing() -> Table:
    """A row for each category, region and band of amounts; every situation has exactly one."""
    places = [(category, region, band) for category in CATEGORIES for region in REGIONS for band in range(BANDS)]
    rows = [
        {
            "id": f"r{number}",
            "when": {"category": category, "region": region, "amount": _band(band)},
            "then": _says(number),
        }
        for number, (category, region, band) in enumerate(places)
    ]
    return _table("unique", rows, 4)


def _exceptions() -> Table:
    """Narrow exceptions above wider rules, as a company's table grows over the years; the first row wins.

    Few enough rows are dead or redundant that the check lists all of them and proves that there are no more.
    """
    chance = Random(7)
    rows: list[dict[str, Any]] = []
    for number in range(ROWS - len(CATEGORIES)):
        when: dict[str, str] = {"category": chance.choice(CATEGORIES), "amount": _band(chance.randrange(BANDS))}
        when |= {"region": chance.choice(REGIONS)} if chance.random() < 0.9 else {}
        when |= {"urgent": chance.choice(["true", "false"])} if chance.random() < 0.5 else {}
        when |= {"customer": chance.choice(["VIP", "key", "normal"])} if chance.random() < 0.6 else {}
        when |= {"stock": _band(chance.randrange(BANDS))} if chance.random() < 0.5 else {}
        rows.append({"id": f"r{number}", "when": when, "then": _says(number)})
    rows.sort(key=lambda row: -len(row["when"]))
    rows += [{"id": f"all-{one}", "when": {"category": one}, "then": _says(n)} for n, one in enumerate(CATEGORIES)]
    return _table("first", rows, 6)


def _table(hit: str, rows: Sequence[dict[str, Any]], columns: int) -> Table:
    inputs: list[dict[str, Any]] = [
        {"key": "category", "type": "enum", "domain": CATEGORIES},
        {"key": "region", "type": "enum", "domain": REGIONS},
        {"key": "amount", "type": "money", "unit": "CNY", "domain": "[0..)"},
        {"key": "urgent", "type": "bool"},
        {"key": "customer", "type": "enum", "domain": ["VIP", "key", "normal"]},
        {"key": "stock", "type": "number", "domain": "[0..)"},
    ]
    outputs = [{"key": "approver", "type": "who"}]
    return Table.model_validate(
        {"table": "bench", "hit": hit, "inputs": inputs[:columns], "outputs": outputs, "rows": list(rows)}
    )


def _says(number: int) -> dict[str, Any]:
    return {"approver": {"role": f"role-{number % ROLES}"}}


def _band(number: int) -> str:
    return f"[{1000 * number}..{1000 * (number + 1)})" if number < BANDS - 1 else f">= {1000 * number}"


def _requests(count: int) -> list[Inputs]:
    chance = Random(11)
    return [
        {
            "category": chance.choice(CATEGORIES),
            "region": chance.choice(REGIONS),
            "amount": chance.randrange(12_000_00) / 100,
            "urgent": chance.random() < 0.5,
        }
        for _ in range(count)
    ]


def _zen(table: Table) -> zen.ZenEngine:
    keys = [column.key for column in table.inputs]
    rules = [
        {"_id": row.id, "row": json.dumps(row.id)} | {key: _in_zen(key, row.when.get(key, "")) for key in keys}
        for row in table.rows
    ]
    return zen_engine("first", keys, rules)


def _in_zen(key: str, cell: str) -> str:
    return json.dumps(cell) if cell and key in ("category", "region") else cell


def _row(engine: zen.ZenEngine, inputs: str) -> str:
    answer: dict[str, Any] = engine.evaluate("table", inputs)["result"]
    return str(answer["row"])


def _agree(ours: Sequence[Evaluation], theirs: Sequence[str]) -> None:
    """Two engines that answer differently cannot be compared.

    Raises:
        ValueError: they do.
    """
    for got, row in zip(ours, theirs, strict=True):
        if got.rows != [row]:
            raise ValueError(f"{got.inputs}: {got.rows} != {row}")


def _per_second(asked: Sequence[Any], ask: Callable[[Any], object]) -> float:
    return len(asked) / _seconds(lambda: [ask(one) for one in asked])


def _seconds(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return process_time() - before
