"""From a decision table to a DMN 1.3 document. What DMN has no word for is refused by name, never left out."""

import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from postroad.exchange.dmn_model import HITS, OURS, WRITTEN
from postroad.exchange.feel import written_point, written_unary_tests
from postroad.exchange.plain import written_label, written_value
from postroad.exchange.problem import Located, NotATable, located, mistakes, ours_alone
from postroad.model.table import Column, Output, Row, Table
from postroad.rules.cells import parse_cell
from postroad.rules.columns import domain_values
from postroad.rules.values import KIND, ORDERED, read_value

_TYPES = {"number": "number", "date": "date", "bool": "boolean", "text": "string"}
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def dmn_of(table: Table) -> bytes:
    """The table as a DMN document with one decision. Cases are not carried: DMN has no place for them.

    Money is a number, words are strings, and people a string that says them as a cell of Excel does; attributes of ours
    keep what they are, for the way back.

    Raises:
        NotATable: the table has errors, or says what DMN cannot: computed columns, rows with dates, a list as default.
    """
    wrong = mistakes(table) or list(_not_in_dmn(table))
    if wrong:
        raise NotATable(table.table, wrong)
    register_namespace("", WRITTEN)
    register_namespace("postroad", OURS)
    root = _element(None, "definitions", id=f"definitions_{table.table}", name=table.table, namespace="urn:postroad")
    for column in table.inputs:
        given = _element(root, "inputData", id=f"input_{column.key}", name=column.key)
        _element(given, "variable", name=column.key, typeRef=_type(column.type))
    decision = _element(root, "decision", id=table.table, name=table.title.zh)
    _ours(decision, en=table.title.en)
    one = table.outputs[0]
    _element(
        decision, "variable", name=table.title.zh, **({} if len(table.outputs) > 1 else {"typeRef": _type(one.type)})
    )
    for column in table.inputs:
        need = _element(decision, "informationRequirement", id=f"needs_{column.key}")
        _element(need, "requiredInput", href=f"#input_{column.key}")
    _rules(decision, table)
    indent(root)
    text = tostring(root, encoding="unicode")
    if found := _UNWRITABLE.search(text):
        zh, en = f"有 XML 不能写的字符 {found[0]!r}", f"it holds {found[0]!r}, which XML cannot say"
        raise NotATable(table.table, [located("", zh, en)])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _rules(decision: Element, table: Table) -> None:
    policy, aggregation = next(said for said, hit in HITS.items() if hit is table.hit)
    rules = _element(decision, "decisionTable", id=f"table_{table.table}", hitPolicy=policy)
    if aggregation:
        rules.set("aggregation", aggregation)
    for column in table.inputs:
        _input(rules, column)
    for output in table.outputs:
        _output(rules, output, table)
    for number, row in enumerate(table.rows, start=1):
        _row(rules, row, number, table)


def _input(rules: Element, column: Column) -> None:
    shown = _element(rules, "input", id=f"column_{column.key}", label=column.title.zh)
    _ours(shown, en=column.title.en, unit=column.unit, type=_unlike(column.type, column.domain))
    asked = _element(shown, "inputExpression", typeRef=_type(column.type))
    _text(asked, column.key)
    values = _domain(column)
    if values:
        _text(_element(shown, "inputValues"), values)


def _domain(column: Column) -> str:
    if KIND[column.type] in ORDERED:
        said = column.domain or ""
        test = parse_cell(said if isinstance(said, str) else ", ".join(said), column.type)
        return "" if test.any else written_unary_tests(test)
    return ", ".join(map(written_point, domain_values(column) or ())) if column.type != "bool" else ""


def _output(rules: Element, output: Output, table: Table) -> None:
    shown = _element(rules, "output", id=f"output_{output.key}", name=output.key, label=output.title.zh)
    shown.set("typeRef", _type(output.type))
    _ours(shown, en=output.title.en, unit=output.unit, type=_unlike(output.type, output.values))
    if output.values:
        listed = ", ".join(_literal(value, output) for value in output.values)
        _text(_element(shown, "outputValues"), listed)
    if isinstance(table.default, dict):
        _text(_element(shown, "defaultOutputEntry"), _literal(table.default[output.key], output))


def _row(rules: Element, row: Row, number: int, table: Table) -> None:
    shown = _element(rules, "rule", id=row.id if _ID.fullmatch(row.id) else f"rule_{number}")
    if not _ID.fullmatch(row.id):
        _ours(shown, id=row.id)
    if row.note:
        _element(shown, "description").text = written_label(row.note)
    for column in table.inputs:
        test = parse_cell(row.when.get(column.key, ""), column.type)
        _text(_element(shown, "inputEntry"), written_unary_tests(test))
    for output in table.outputs:
        _text(_element(shown, "outputEntry"), _literal(row.then[output.key], output))


def _literal(value: object, output: Output) -> str:
    if output.type in ("who", "json"):
        return json.dumps(written_value(value, output.type), ensure_ascii=False)
    return written_point(read_value(KIND[output.type], value))


def _unlike(kind: str, values: object) -> str | None:
    """The type, if reading the type of DMN and the values gives another one."""
    read = {"bool": "bool", "number": "number", "date": "date"}.get(kind, "enum" if values else "text")
    return None if read == kind else kind


def _type(kind: str) -> str:
    return _TYPES[KIND.get(kind, "text")]


def _not_in_dmn(table: Table) -> Iterator[Located]:
    yield from ours_alone(table, "DMN")
    if isinstance(table.default, tuple):
        yield located("default", "DMN 的默认值不能是列表", "a default of DMN is no list")


def _element(parent: Element | None, kind: str, /, **attributes: str) -> Element:
    tag = f"{{{WRITTEN}}}{kind}"
    return Element(tag, attributes) if parent is None else SubElement(parent, tag, attributes)


def _ours(element: Element, **attributes: str | None) -> None:
    for name, value in attributes.items():
        if value and not (name == "en" and value in (element.get("label"), element.get("name"))):
            element.set(f"{{{OURS}}}{name}", value)


def _text(element: Element, text: str) -> None:
    _element(element, "text").text = text
