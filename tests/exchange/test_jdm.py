import json
from collections.abc import Callable
from typing import Any

import pytest
import zen
from hypothesis import given, settings

from postroad.exchange.formats import Format, read_table, write_table
from postroad.exchange.from_jdm import read_jdm
from postroad.exchange.problem import NotATable
from postroad.exchange.zen_cells import BeyondTables, read_zen_cell, read_zen_literal
from postroad.model.table import Status, Table
from postroad.rules.compile import compile_table
from postroad.rules.evaluate import evaluate
from tests.exchange.sound import meaning, sound_tables
from tests.exchange.tables import shown_tables

DOCUMENT: dict[str, Any] = {
    "nodes": [
        {"id": "in", "name": "Request", "type": "inputNode"},
        {
            "id": "a1",
            "name": "Fees",
            "type": "decisionTableNode",
            "content": {
                "hitPolicy": "first",
                "inputs": [
                    {"id": "c1", "name": "Amount", "field": "order.amount"},
                    {"id": "c2", "name": "Country", "field": "country"},
                ],
                "outputs": [{"id": "o1", "name": "Fee", "field": "fee"}],
                "rules": [
                    {"_id": "r1", "_description": "small", "c1": "< 100", "c2": "'CN', \"US\"", "o1": "2.50"},
                    {"_id": "r2", "c1": "[100..200), >= 500", "c2": 'not in ["CN", "US"]', "o1": "5"},
                    {"_id": "r3", "c1": "", "c2": '!= "DE"', "o1": '{"who": "boss"}'},
                ],
            },
        },
        {"id": "out", "name": "Response", "type": "outputNode"},
    ],
    "edges": [],
}


def changed(change: Callable[[dict[str, Any], dict[str, Any]], Any]) -> bytes:
    document = json.loads(json.dumps(DOCUMENT))
    change(document, document["nodes"][1]["content"])
    return json.dumps(document).encode()


def refusals(content: bytes, which: str | None = None) -> dict[str, str]:
    with pytest.raises(NotATable) as refused:
        read_jdm("t.jdm.json", content, which)
    return {one.place: one.message.en for one in refused.value.problems}


@given(sound_tables(["first", "collect"]))
@settings(max_examples=80, deadline=None)
def test_a_table_that_jdm_can_say_comes_back_with_the_same_meaning(table: Table) -> None:
    assert meaning(read_table("t", write_table(table, Format.JDM), Format.JDM)) == meaning(table)


def test_a_table_whose_rows_meet_is_not_passed_off_as_first() -> None:
    shipped = shown_tables()[0]
    met = shipped.model_copy(update={"rows": (*shipped.rows, shipped.rows[0].model_copy(update={"id": "r4"}))})

    with pytest.raises(NotATable, match="rows meet"):
        write_table(met, Format.JDM)


def test_the_shipped_table_is_written_as_first_since_its_rows_never_meet() -> None:
    table = shown_tables()[0]
    content = write_table(table, Format.JDM)

    assert json.loads(content)["nodes"][1]["content"]["hitPolicy"] == "first"
    assert meaning(read_table("t", content, Format.JDM)) == meaning(table)


def test_zen_itself_decides_every_case_of_the_shipped_table_alike() -> None:
    table = shown_tables()[0]
    compiled = compile_table(table)
    theirs = zen.ZenEngine().create_decision(write_table(table, Format.JDM).decode())

    for case in table.cases:
        ours = evaluate(compiled, case.inputs)
        if ours.status is Status.OK:
            asked = {**case.inputs, "amount": float(str(case.inputs["amount"]))}
            assert theirs.evaluate(asked)["result"] == ours.outcome, case.name


def test_a_document_of_others_is_read_with_types_as_its_cells_show_them() -> None:
    table = read_jdm("fees.jdm.json", json.dumps(DOCUMENT).encode())

    assert [(one.key, one.type) for one in table.inputs] == [("order.amount", "number"), ("country", "text")]
    assert [row.when for row in table.rows] == [
        {"order.amount": "< 100", "country": "CN, US"},
        {"order.amount": "[100..200), >= 500", "country": "not(CN, US)"},
        {"country": "not(DE)"},
    ]
    assert [row.then["fee"] for row in table.rows] == ["2.5", 5, {"who": "boss"}]


@pytest.mark.parametrize(
    "text", ["> limit", "$ > 5", "> 5 and < 9", "len($) > 2", "startsWith($, 'a')", "null", "not in x", "red", "5 + 1"]
)
def test_a_cell_that_is_an_expression_is_never_taken_for_a_value(text: str) -> None:
    with pytest.raises(BeyondTables):
        read_zen_cell(text)


@pytest.mark.parametrize("text", ["amount * 2", "rand(5)", "$root.x", "d()", "[1, x]"])
def test_an_outcome_that_has_to_be_computed_is_refused(text: str) -> None:
    with pytest.raises(BeyondTables):
        read_zen_literal(text)


@pytest.mark.parametrize("kind", ["functionNode", "expressionNode", "switchNode", "decisionNode", "customNode"])
def test_a_node_that_computes_is_refused_by_name(kind: str) -> None:
    content = changed(lambda document, _: document["nodes"].append({"id": "f", "name": "Tax", "type": kind}))

    assert refusals(content) == {"Tax (f)": f"a node of type {kind} is not supported"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda _, table: table.update(hitPolicy="outputOrder"), "Fees (a1)"),
        (lambda _, table: table["inputs"][0].update(field=""), "Amount (c1)"),
        (lambda _, table: table["inputs"][0].update(field="a + b"), "Amount (c1)"),
        (lambda _, table: table["outputs"][0].update(field=""), "Fee (o1)"),
        (lambda _, table: table["rules"][0].update(c1="$ > 1"), "r1.order.amount"),
        (lambda _, table: table["rules"][0].update(o1="x"), "r1.fee"),
        (lambda _, table: table["rules"][0].update(o1=""), "r1.fee"),
        (lambda _, table: table.pop("rules"), "Fees (a1)"),
        (lambda _, table: table.update(rules=["x"]), "Fees (a1)"),
        (lambda document, _: document["nodes"].pop(1), ""),
        (lambda document, _: document.pop("nodes"), ""),
        (lambda document, _: document["nodes"].append(document["nodes"][1]), "Fees (a1)"),
    ],
)
def test_a_mistake_in_a_document_is_pointed_at(change: Any, place: str) -> None:
    assert place in refusals(changed(change))


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'"x"', b"[" * 100_000])
def test_what_is_no_jdm_is_refused(content: bytes) -> None:
    assert "not JDM" in refusals(content)[""]


def test_what_jdm_cannot_say_is_refused_by_name_and_never_left_out() -> None:
    with pytest.raises(NotATable) as refused:
        write_table(shown_tables()[2], Format.JDM)

    assert {one.place for one in refused.value.problems} == {"over_budget", "vip", "vip-light", "hit"}
