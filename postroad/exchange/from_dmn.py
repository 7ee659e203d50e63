"""From a DMN document to a decision table. Tables only: what needs FEEL expressions is refused by name and id."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from pydantic import ValidationError

from postroad.exchange.dmn_model import HITS, OURS, VERSIONS, bare, part, parts, place_of, text_of
from postroad.exchange.dmn_types import Typed, Types
from postroad.exchange.feel import read_literal, read_literals, read_unary_tests
from postroad.exchange.plain import read_label, read_value
from postroad.exchange.problem import Located, NotATable, located, mistakes
from postroad.exchange.slug import KEY, keyed
from postroad.exchange.xml_text import parse_xml
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.model.wrong import wrong_field

_NAME = re.compile(r"(?!not\b)[^\W\d]\w*(\.[^\W\d]\w*)*")
_LITERAL = re.compile(r"(true|false|null)(\..*)?")
"""Words that name nothing in S-FEEL, whatever a document declares."""

_SIDE = {"input": "inputEntry", "output": "outputEntry"}


def read_dmn(name: str, content: bytes, decision: str | None = None) -> Table:
    """The one decision table in a document, or that of the ``decision`` with this id or name.

    Raises:
        NotATable: no DMN, no such table, several to choose from, or something in it that tables of ours have not.
    """
    root = parse_xml(name, content)
    space = root.tag.rpartition("}")[0].removeprefix("{")
    if bare(root) != "definitions" or space not in VERSIONS:
        zh, en = f"不是 DMN 1.1 到 1.5 文件：{root.tag}", f"not a DMN document of version 1.1 to 1.5: {root.tag}"
        raise NotATable(name, [located("", zh, en)])
    return DmnTable(name, root, _chosen(name, root, decision)).table()


def decisions(root: Element) -> list[Element]:
    """The decisions of a document that are made by a table."""
    return [one for one in parts(root, "decision") if part(one, "decisionTable") is not None]


def _chosen(name: str, root: Element, wanted: str | None) -> Element:
    tables = decisions(root)
    found = [one for one in tables if wanted is None or wanted in (one.get("id"), one.get("name"))]
    if len(found) == 1:
        return found[0]
    if tables:
        listed = [f"{one.get('name')} ({one.get('id')})" for one in found or tables]
        zh, en = "请指出要哪一张规则表", "say which of the decision tables you mean"
        raise NotATable(name, [located(one, zh, en) for one in listed])
    others = [
        located(place_of(one), f"不是规则表，而是 {_logic(one)}", f"not a decision table but {_logic(one)}")
        for one in parts(root, "decision")
    ]
    raise NotATable(name, others or [located("", "没有 decision", "there is no decision")])


def _logic(decision: Element) -> str:
    known = {"variable", "description", "informationRequirement", "knowledgeRequirement", "authorityRequirement"}
    known |= {"question", "allowedAnswers", "extensionElements"}
    return next((bare(one) for one in decision if bare(one) not in known), "empty")


class DmnTable:
    """Reads one decision, noting what cannot be read; ``names`` has what an input or output is called there, by key."""

    def __init__(self, name: str, root: Element, decision: Element) -> None:
        self.name, self.decision, self.types = name, decision, Types(root)
        self.written = part(decision, "decisionTable")
        assert self.written is not None  # noqa: S101 - chosen because it has one
        self.element: Element = self.written
        self.problems: list[Located] = []
        self.names: dict[tuple[str, str], str] = {}

    def table(self) -> Table:
        inputs = [self._input(one, number) for number, one in enumerate(parts(self.element, "input"), start=1)]
        outputs = [self._output(one, number) for number, one in enumerate(parts(self.element, "output"), start=1)]
        rows = [self._row(one, number, inputs, outputs) for number, one in enumerate(parts(self.element, "rule"), 1)]
        title = self.decision.get("name") or self.decision.get("id") or "table"
        content: dict[str, Any] = {
            "table": keyed(self._id(), title, "table"),
            "title": self._title(self.decision, title),
            "hit": self._hit(),
            "inputs": inputs,
            "outputs": [{k: v for k, v in one.items() if k != "default"} for one in outputs],
            "rows": rows,
        }
        defaults = {one["key"]: one["default"] for one in outputs if "default" in one}
        if defaults:
            content["default"] = defaults
        return self._built(content)

    def _id(self) -> str:
        said = self.decision.get("id", "")
        return said if KEY.fullmatch(said) else ""

    def _built(self, content: dict[str, Any]) -> Table:
        if self.problems:
            raise NotATable(self.name, self.problems)
        try:
            table = Table.model_validate(content)
        except ValidationError as error:
            found = [located(_place(one["loc"]), *wrong_field(dict(one))) for one in error.errors()]
            raise NotATable(self.name, found) from error
        wrong = mistakes(table)
        if wrong:
            raise NotATable(self.name, wrong)
        return table

    def _note(self, element: Element, refused: Malformed) -> None:
        self.problems.append(Located(place=place_of(element), message=refused.label))

    def _hit(self) -> str:
        said = self.element.get("hitPolicy") or "UNIQUE", self.element.get("aggregation") or ""
        if said not in HITS:
            shown = " ".join(one for one in said if one)
            self._note(self.element, Malformed(f"没有命中策略 {shown}", f"there is no hit policy {shown}"))
        return HITS[said].value if said in HITS else ""

    def _input(self, element: Element, number: int) -> dict[str, Any]:
        expression = part(element, "inputExpression")
        asked = text_of(expression)
        named = self.types.knows(asked) or _NAME.fullmatch(asked)
        if not named or _LITERAL.fullmatch(asked):
            refused = Malformed(
                f"输入 {asked!r} 是表达式，不支持；请改为一个输入的名称",
                f"the input {asked!r} is an expression, which is not supported; name an input",
            )
            self._note(element if expression is None or not expression.get("id") else expression, refused)
        typed = self._typed(element, expression, asked)
        key = self._named("input", keyed(asked, element.get("label") or "", f"input{number}"), number, asked)
        values = text_of(part(element, "inputValues")) or typed.allowed
        kind = self._kind(element, typed, "input", number)
        said = {"key": key, "title": self._title(element, element.get("label") or asked), "type": kind}
        return said | self._domain(element, values, kind) | self._of_ours(element)

    def _typed(self, element: Element, expression: Element | None, asked: str) -> Typed:
        try:
            typed = self.types.resolved(None if expression is None else expression.get("typeRef"))
            behind = self.types.of_name(asked)
            return Typed(typed.kind or behind.kind, typed.allowed or behind.allowed)
        except Malformed as refused:
            self._note(element, refused)
            return Typed("text")

    def _kind(self, element: Element, typed: Typed, side: str, number: int) -> str:
        """The type, as it is declared, or as the literals in the column show it."""
        if typed.kind:
            return typed.kind
        written = [_cells(rule, side) for rule in parts(self.element, "rule")]
        for text in (one[number - 1] for one in written if len(one) >= number):
            first = text.lstrip("[(]<>= ").removeprefix("not(")
            if re.match(r"date\s*\(|@", first):
                return "date"
            if re.match(r'"|true|false|-?[.\d]', first):
                return "text" if first[0] == '"' else "bool" if first[0] in "tf" else "number"
        self._note(element, Malformed("缺少 typeRef，也看不出类型", "it has no typeRef and its cells show no type"))
        return "text"

    def _domain(self, element: Element, values: str, kind: str) -> dict[str, Any]:
        if not values or kind == "bool":
            return {}
        try:
            if kind == "text":
                return {"domain": [str(one) for one in read_literals(values)], "type": "enum"}
            return {"domain": read_unary_tests(values)}
        except Malformed as refused:
            self._note(element, refused)
            return {}

    def _output(self, element: Element, number: int) -> dict[str, Any]:
        variable = part(self.decision, "variable")
        whole = self.element.get("typeRef") or (None if variable is None else variable.get("typeRef"))
        is_alone = len(list(parts(self.element, "output"))) == 1
        name = element.get("name") or (self.decision.get("name") if is_alone else "") or ""
        try:
            typed = self.types.resolved(element.get("typeRef"))
            is_whole = is_alone and not element.get("name")
            behind = self.types.of_outcome(whole) if is_whole else self.types.of_component(whole, name)
            typed = Typed(typed.kind or behind.kind, typed.allowed or behind.allowed)
        except Malformed as refused:
            self._note(element, refused)
            typed = Typed("text")
        key = self._named("output", keyed(name, element.get("label") or "", f"output{number}"), number, name)
        kind = self._kind(element, typed, "output", number)
        title = element.get("label") or name or key
        said: dict[str, Any] = {"key": key, "title": self._title(element, title), "type": kind}
        ours, values = self._of_ours(element), text_of(part(element, "outputValues")) or typed.allowed
        if values:
            said |= self._values(element, values, ours.get("type", kind))
        said |= ours
        default = part(element, "defaultOutputEntry")
        if default is not None:
            said["default"] = self._literal(default, said["type"])
        return said

    def _values(self, element: Element, values: str, kind: str) -> dict[str, Any]:
        try:
            listed = [_ours(one, kind) for one in read_literals(values)]
        except Malformed as refused:
            self._note(element, refused)
            return {}
        return {"values": listed, "type": "enum" if kind == "text" else kind}

    def _named(self, side: str, key: str, number: int, name: str) -> str:
        """The key, or one with a number behind where another column has it."""
        key = f"{key}_{number}" if (side, key) in self.names else key
        self.names[side, key] = name
        return key

    def _row(
        self, rule: Element, number: int, inputs: list[dict[str, Any]], outputs: list[dict[str, Any]]
    ) -> dict[str, Any]:
        asked, said = list(parts(rule, "inputEntry")), list(parts(rule, "outputEntry"))
        if len(asked) != len(inputs) or len(said) != len(outputs):
            zh, en = "格子数与列数不同", "it has more or fewer entries than there are columns"
            self._note(rule, Malformed(zh, en))
            return {}
        when = {column["key"]: self._cell(one) for column, one in zip(inputs, asked, strict=True)}
        row = {
            "id": rule.get(f"{{{OURS}}}id") or rule.get("id", "")[:64] or f"r{number}",
            "when": {key: cell for key, cell in when.items() if cell},
            "then": {out["key"]: self._literal(one, out["type"]) for out, one in zip(outputs, said, strict=True)},
        }
        note = _description(rule)
        return {**row, "note": read_label(note)} if note else row

    def _cell(self, entry: Element) -> str:
        try:
            return read_unary_tests(text_of(entry))
        except Malformed as refused:
            self._note(entry, refused)
            return ""

    def _literal(self, entry: Element, kind: str) -> Any:
        try:
            return _ours(read_literal(text_of(entry)), kind)
        except Malformed as refused:
            self._note(entry, refused)
            return None

    def _title(self, element: Element, title: str) -> dict[str, str]:
        return {"zh": title, "en": element.get(f"{{{OURS}}}en") or title}

    def _of_ours(self, element: Element) -> dict[str, str]:
        said = {"type": element.get(f"{{{OURS}}}type"), "unit": element.get(f"{{{OURS}}}unit")}
        return {field: value for field, value in said.items() if value}


def _cells(rule: Element, side: str) -> list[str]:
    return [text_of(one) for one in parts(rule, _SIDE[side])]


def _ours(value: Any, kind: str) -> Any:
    """What a literal says in an output whose type DMN does not have, such as people."""
    return read_value(value, kind) if kind in ("who", "json") and isinstance(value, str) else value


def _description(rule: Element) -> str:
    description = part(rule, "description")
    if description is not None and (description.text or "").strip():
        return str(description.text).strip()
    return "; ".join(filter(None, map(text_of, parts(rule, "annotationEntry"))))


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(one) for one in loc)
