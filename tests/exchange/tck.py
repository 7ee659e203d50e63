"""Plays the decision-table cases of the public DMN conformance suite (TCK), which are not in this tree.

    python -m tests.exchange.tck DIR

``DIR`` is a checkout of the repository dmn-tck/tck. A case is one expected result of one decision that is made by a
table. Prints what passed, what failed and, by name and with the reason, what we do not support; exits 1 on failures.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import Element

from postroad.exchange.dmn_model import VERSIONS, bare, part, parts
from postroad.exchange.from_dmn import DmnTable, decisions
from postroad.exchange.problem import NotATable
from postroad.exchange.xml_text import parse_xml
from postroad.model.table import Evaluation, Status, Table
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate
from postroad.rules.values import KIND, ValueRefused, read_value

LEVELS = ("compliance-level-2", "compliance-level-3")
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

NO_TCK = "Say POSTROAD_TCK_DIR=DIR, or make tck DIR=DIR, with a checkout of dmn-tck/tck; see docs/exchange.md."


def tck_dir() -> Path | None:
    """Where the suite is, if it is here."""
    said = os.environ.get("POSTROAD_TCK_DIR")
    return Path(said) if said else None


@dataclass(frozen=True)
class Played:
    """One case; ``why`` says what went wrong, or what of it is not supported."""

    name: str
    result: Literal["passed", "failed", "unsupported"]
    why: str = ""


def play(folder: Path) -> list[Played]:
    """Every case of every decision table in the suite."""
    models = sorted(model for level in LEVELS for model in (folder / "TestCases" / level).rglob("*.dmn"))
    return [one for model in models for one in _model(model)]


def _model(model: Path) -> Iterator[Played]:
    try:
        root = parse_xml(model.name, model.read_bytes())
    except NotATable as refused:
        yield Played(model.stem, "unsupported", refused.label.en)
        return
    if root.tag.rpartition("}")[0].removeprefix("{") not in VERSIONS:
        yield Played(model.stem, "unsupported", f"not DMN: {root.tag}")
        return
    tables = {str(one.get("name")): one for one in decisions(root)}
    for file in sorted(model.parent.glob("*.xml")):
        suite = parse_xml(file.name, file.read_bytes())
        if bare(suite) == "testCases":
            for case in parts(suite, "testCase"):
                yield from _case(f"{model.stem} {case.get('id')}", root, tables, case)


def _case(name: str, root: Element, tables: dict[str, Element], case: Element) -> Iterator[Played]:
    given = {str(node.get("name")): _value(node) for node in parts(case, "inputNode")}
    for wanted in parts(case, "resultNode"):
        decision = tables.get(str(wanted.get("name")))
        if decision is not None:
            yield _decision(f"{name} {wanted.get('name')}", root, decision, given, _result(wanted))


def _decision(name: str, root: Element, decision: Element, given: dict[str, Any], wanted: Any) -> Played:
    required = [one for need in parts(decision, "informationRequirement") for one in parts(need, "requiredDecision")]
    if required or part(decision, "knowledgeRequirement") is not None:
        return Played(name, "unsupported", "it needs another decision")
    reading = DmnTable(name, root, decision)
    try:
        table = reading.table()
    except NotATable as refused:
        first = refused.problems[0]
        return Played(name, "unsupported", f"{first.place}: {first.message.en}")
    inputs = {one.key: _reach(given, reading.names["input", one.key]) for one in table.inputs}
    inputs = {key: _typed(value, table.inputs[n].type) for n, (key, value) in enumerate(inputs.items())}
    got = evaluate(compile_table(table), inputs)
    names = {key: said for (side, key), said in reading.names.items() if side == "output"}
    difference = _difference(table, got, wanted, names)
    return Played(name, "failed" if difference else "passed", difference)


def _reach(given: dict[str, Any], path: str) -> Any:
    if path in given:
        return given[path]
    value: Any = given
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _typed(value: Any, kind: str) -> Any:
    return value == "true" if kind == "bool" and value in ("true", "false") else value


def _difference(table: Table, got: Evaluation, wanted: Any, names: dict[str, str]) -> str:
    if got.status is not Status.OK:
        answers = got.status is Status.NO_MATCH and wanted in (None, [])
        return "" if answers else f"expected {wanted}, got {got.status} {got.message and got.message.en}"
    outcome: Any = [_named(table, one, names) for one in got.outcome] if isinstance(got.outcome, list) else None
    if outcome is None:
        outcome = _named(table, got.outcome, names)
    expected = wanted if isinstance(outcome, list) or not isinstance(wanted, list) or len(wanted) != 1 else wanted[0]
    return "" if _alike(expected, outcome) else f"expected {expected}, got {outcome}"


def _named(table: Table, outcome: Any, names: dict[str, str]) -> Any:
    """The outcome as DMN tells it: one value, or the values by name."""
    values = {names[key]: value for key, value in outcome.items()}
    return values if len(table.outputs) > 1 else next(iter(values.values()))


def _alike(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, list) or isinstance(got, list):
        wanted, got = (one if isinstance(one, list) else [one] for one in (wanted, got))
        return len(wanted) == len(got) and all(map(_alike, wanted, got))
    if isinstance(wanted, dict) and isinstance(got, dict):
        return wanted.keys() == got.keys() and all(_alike(wanted[key], got[key]) for key in wanted)
    try:
        return Decimal(str(wanted)) == read_value(KIND["number"], got)
    except (ArithmeticError, ValueRefused):
        return str(wanted).lower() == str(got).lower() if isinstance(got, bool) else bool(wanted == got)


def _value(node: Element) -> Any:
    components = list(parts(node, "component"))
    if components:
        return {str(one.get("name")): _value(one) for one in components}
    listed = part(node, "list")
    if listed is not None:
        return [_value(one) for one in parts(listed, "item")]
    value = part(node, "value")
    return None if value is None or value.get(_NIL) == "true" else value.text or ""


def _result(node: Element) -> Any:
    told = part(node, "expected")
    return _value(node if told is None else told)


def report(played: list[Played]) -> str:
    """What did not pass, by name, and how many did."""
    lines = [f"{one.result:12}{one.name}: {one.why}" for one in played if one.result != "passed"]
    counted = Counter(one.result for one in played)
    return "\n".join([*lines, ", ".join(f"{counted[one]} {one}" for one in ("passed", "failed", "unsupported"))])


if __name__ == "__main__":
    results = play(Path(sys.argv[1]))
    sys.stdout.write(report(results) + "\n")
    sys.exit(1 if not results or any(one.result == "failed" for one in results) else 0)
