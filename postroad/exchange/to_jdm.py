"""From a decision table to a JDM document, the JSON of GoRules Zen."""

import json
from collections.abc import Iterator
from typing import Any

from postroad.exchange.from_jdm import OURS, TABLE_NODE
from postroad.exchange.plain import written_label
from postroad.exchange.problem import Located, NotATable, located, mistakes, ours_alone
from postroad.exchange.zen_cells import written_zen_cell, written_zen_point
from postroad.model.hit import HitPolicy
from postroad.model.refusals import Malformed
from postroad.model.table import Column, Output, Row, Table
from postroad.rules.cells import parse_cell
from postroad.rules.check import check
from postroad.rules.columns import domain_values
from postroad.rules.values import KIND, read_value


def jdm_of(table: Table) -> bytes:
    """The table as a JDM document: input, table, output. Cases are not carried: JDM has no place for them.

    JDM knows ``first`` and ``collect``; ``unique`` and ``any`` are written as ``first`` where the checks prove that no
    two rows meet, and the default as a last row.

    Raises:
        NotATable: the table has errors, or says what JDM cannot.
    """
    wrong = mistakes(table) or list(_not_in_jdm(table))
    if wrong:
        raise NotATable(table.table, wrong)
    document = {
        "nodes": [
            {"id": "input", "name": "input", "type": "inputNode", "position": {"x": 80, "y": 120}},
            {
                "id": "table",
                "name": table.title.zh,
                "type": TABLE_NODE,
                "position": {"x": 380, "y": 120},
                "content": _content(table),
            },
            {"id": "output", "name": "output", "type": "outputNode", "position": {"x": 680, "y": 120}},
        ],
        "edges": [
            {"id": "input-table", "sourceId": "input", "targetId": "table", "type": "edge"},
            {"id": "table-output", "sourceId": "table", "targetId": "output", "type": "edge"},
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _not_in_jdm(table: Table) -> Iterator[Located]:
    yield from ours_alone(table, "JDM")
    for row in table.rows:
        for column in table.inputs:
            try:
                written_zen_cell(parse_cell(row.when.get(column.key, ""), column.type))
            except Malformed as refused:
                yield Located(place=f"{row.id}.{column.key}", message=refused.label)
    yield from _not_in_hits(table)


def _not_in_hits(table: Table) -> Iterator[Located]:
    if table.hit not in (HitPolicy.FIRST, HitPolicy.COLLECT, HitPolicy.UNIQUE, HitPolicy.ANY):
        yield located("hit", f"JDM 没有命中策略 {table.hit}", f"JDM has no hit policy {table.hit}")
    elif table.hit in (HitPolicy.UNIQUE, HitPolicy.ANY):
        report = check(table)
        if report.overlaps or not report.proven:
            zh, en = "行有重叠（或不能证明没有），JDM 只有 first", "rows meet, or may meet, and JDM only knows first"
            yield located("hit", zh, en)
    if table.default is not None and table.hit is HitPolicy.COLLECT:
        yield located("default", "JDM 的 collect 没有默认值", "collect has no default in JDM")


def _content(table: Table) -> dict[str, Any]:
    default = "default" if all(row.id != "default" for row in table.rows) else "default of the table"
    rules = [_rule(row, table) for row in table.rows]
    if isinstance(table.default, dict):
        last = Row(id=default, then=table.default)
        rules.append(_rule(last, table))
    ours = {"table": table.table, "title": written_label(table.title), "hit": table.hit.value}
    return {
        "hitPolicy": "collect" if table.hit is HitPolicy.COLLECT else "first",
        "inputs": [_shown_input(one) for one in table.inputs],
        "outputs": [_shown_output(one) for one in table.outputs],
        "rules": rules,
        OURS: ours | ({"default": default} if table.default is not None else {}),
    }


def _shown_input(column: Column) -> dict[str, Any]:
    domain = domain_values(column) if KIND[column.type] == "text" else column.domain
    return _shown("in", column) | {OURS: _said(column, domain=domain)}


def _shown_output(output: Output) -> dict[str, Any]:
    return _shown("out", output) | {OURS: _said(output, values=output.values)}


def _shown(side: str, one: Column | Output) -> dict[str, Any]:
    return {"id": f"{side}-{one.key}", "name": one.title.zh, "type": "expression", "field": one.key}


def _said(one: Column | Output, **more: Any) -> dict[str, Any]:
    said = {"title": written_label(one.title), "type": one.type, "unit": one.unit, **more}
    return {field: value for field, value in said.items() if value is not None}


def _rule(row: Row, table: Table) -> dict[str, str]:
    cells = {f"in-{one.key}": written_zen_cell(parse_cell(row.when.get(one.key, ""), one.type)) for one in table.inputs}
    outs = {f"out-{one.key}": _literal(row.then[one.key], one) for one in table.outputs}
    return {"_id": row.id, "_description": written_label(row.note) if row.note else "", **cells, **outs}


def _literal(value: Any, output: Output) -> str:
    if output.type in ("who", "json"):
        return json.dumps(value, ensure_ascii=False)
    point = read_value(KIND[output.type], value)
    return written_zen_point(point)
