"""From a JDM document, the JSON of GoRules Zen, to a table. Nodes that compute anything are refused by name."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from postroad.exchange.plain import read_label
from postroad.exchange.problem import Located, NotATable, located, mistakes
from postroad.exchange.slug import KEY, keyed
from postroad.exchange.zen_cells import kind_of, read_zen_cell, read_zen_literal
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.model.wrong import wrong_field

TABLE_NODE = "decisionTableNode"
OURS = "postroad"
"""What JDM has no word for stands under this name beside its own: types, units, values, hit policy, the default."""

_PASSED_OVER = ("inputNode", "outputNode", TABLE_NODE)


def read_jdm(name: str, content: bytes, which: str | None = None) -> Table:
    """The one decision table in a document, or the one whose node has this id or name.

    Raises:
        NotATable: no JDM, no such table, or something in it that tables of ours have not.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
        nodes = [one for one in document["nodes"] if isinstance(one, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotATable(name, [located("", "不是 JDM 文件（JSON，含 nodes）", "not JDM: JSON with nodes")]) from error
    others = [one for one in nodes if one.get("type") not in _PASSED_OVER]
    if others:
        raise NotATable(name, [_not_a_table(one) for one in others])
    tables = [one for one in nodes if one.get("type") == TABLE_NODE]
    found = [one for one in tables if which is None or which in (one.get("id"), one.get("name"))]
    if len(found) != 1:
        zh, en = "请指出要哪一张规则表", "say which of the decision tables you mean"
        raise NotATable(
            name, [located(_place(one), zh, en) for one in tables] or [located("", "没有规则表", "no table")]
        )
    try:
        return _JdmTable(name, found[0]).table()
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        place = _place(found[0])
        raise NotATable(name, [located(place, f"结构不对：{error!r}", f"not shaped as JDM: {error!r}")]) from error


def _not_a_table(node: dict[str, Any]) -> Located:
    kind = node.get("type")
    return located(_place(node), f"节点类型 {kind} 不支持", f"a node of type {kind} is not supported")


def _place(node: dict[str, Any]) -> str:
    return f"{node.get('name')} ({node.get('id')})"


class _JdmTable:
    """Reads one node, noting what cannot be read."""

    def __init__(self, name: str, node: dict[str, Any]) -> None:
        self.name, self.node, self.content = name, node, node["content"]
        self.problems: list[Located] = []
        self.rules: list[dict[str, Any]] = [dict(one) for one in self.content["rules"]]

    def table(self) -> Table:
        ours = self.content.get(OURS) or {}
        rows = [one for one in self.rules if not (ours.get("default") and one.get("_id") == ours["default"])]
        inputs = [self._input(one, rows) for one in self.content["inputs"]]
        outputs = [self._output(one) for one in self.content["outputs"]]
        title = str(self.node.get("name") or self.node["id"])
        said: dict[str, Any] = {
            "table": ours.get("table") or keyed(title, str(self.node["id"]), "table"),
            "title": read_label(ours.get("title") or title),
            "hit": ours.get("hit") or self._hit(),
            "inputs": inputs,
            "outputs": outputs,
            "rows": [self._row(one, number, inputs, outputs) for number, one in enumerate(rows, start=1)],
        }
        for one in self.rules:
            if ours.get("default") and one.get("_id") == ours["default"]:
                said["default"] = self._then(one, outputs)
        return self._built(said)

    def _hit(self) -> str:
        hit = self.content.get("hitPolicy", "first")
        if hit not in ("first", "collect"):
            self.problems.append(located(_place(self.node), f"没有命中策略 {hit}", f"there is no hit policy {hit}"))
        return str(hit)

    def _input(self, column: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        field, ours = str(column.get("field") or ""), column.get(OURS) or {}
        if not KEY.fullmatch(field):
            zh, en = f"输入 {field!r} 是表达式或为空，不支持", f"the input {field!r} is an expression, or none"
            self.problems.append(located(_place(column), zh, en))
        shown = (kind_of(str(rule.get(column["id"]) or "")) for rule in rows)
        kind = ours.get("type") or next(filter(None, shown), "text")
        return self._common(column, field) | {"type": kind, "domain": ours.get("domain")}

    def _output(self, column: dict[str, Any]) -> dict[str, Any]:
        field, ours = str(column.get("field") or ""), column.get(OURS) or {}
        if not KEY.fullmatch(field):
            self.problems.append(
                located(_place(column), f"输出名 {field!r} 不能用", f"the name {field!r} is of no use")
            )
        return self._common(column, field) | {"type": ours.get("type", "json"), "values": ours.get("values")}

    def _common(self, column: dict[str, Any], field: str) -> dict[str, Any]:
        ours = column.get(OURS) or {}
        title = ours.get("title") or str(column.get("name") or field or column["id"])
        return {"key": field, "title": read_label(title), "unit": ours.get("unit"), "id": column["id"]}

    def _row(self, rule: dict[str, Any], number: int, inputs: Any, outputs: Any) -> dict[str, Any]:
        when = {one["key"]: self._cell(rule, one) for one in inputs}
        row = {
            "id": str(rule.get("_id") or f"r{number}")[:64],
            "when": {key: cell for key, cell in when.items() if cell},
            "then": self._then(rule, outputs),
        }
        note = str(rule.get("_description") or "").strip()
        return {**row, "note": read_label(note)} if note else row

    def _cell(self, rule: dict[str, Any], column: dict[str, Any]) -> str:
        try:
            return read_zen_cell(str(rule.get(column["id"]) or ""))
        except Malformed as refused:
            self._note(rule, column, refused)
            return ""

    def _then(self, rule: dict[str, Any], outputs: Any) -> dict[str, Any]:
        then = {}
        for one in outputs:
            text = str(rule.get(one["id"]) or "").strip()
            if text:
                try:
                    then[one["key"]] = read_zen_literal(text)
                except Malformed as refused:
                    self._note(rule, one, refused)
        return then

    def _note(self, rule: dict[str, Any], column: dict[str, Any], refused: Malformed) -> None:
        self.problems.append(Located(place=f"{rule.get('_id')}.{column['key']}", message=refused.label))

    def _built(self, said: dict[str, Any]) -> Table:
        if self.problems:
            raise NotATable(self.name, self.problems)
        for side in ("inputs", "outputs"):
            said[side] = [
                {field: value for field, value in one.items() if field != "id" and value is not None}
                for one in said[side]
            ]
        try:
            table = Table.model_validate(said)
        except ValidationError as error:
            places = [(".".join(map(str, one["loc"])), wrong_field(dict(one))) for one in error.errors()]
            raise NotATable(self.name, [located(place, *told) for place, told in places]) from error
        wrong = mistakes(table)
        if wrong:
            raise NotATable(self.name, wrong)
        return table
