"""Tables without mistakes, at random, of what every format for tables can say."""

from typing import Any

from hypothesis import strategies as st

from postroad.model.table import Table
from postroad.rules.cells import parse_cell
from postroad.rules.columns import domain_test, domain_values
from postroad.rules.values import KIND, ORDERED, read_value
from tests.exchange.tables import WHO

WORDS = ["red", "蓝", "a b", "not", "d'or", "true"]
TITLES = st.sampled_from(["金额", "a < b & c", {"zh": "金额", "en": "Amount"}, {"zh": "“甲”", "en": "x / y"}])
COLUMNS: dict[str, tuple[Any, list[str]]] = {
    "number": ("[-10..100]", ["< 50", "= 5", "[1..2)", "（5..9】", "1, 2", "-", "not(0)", "-0.5", "(..5], > 7"]),
    "money": (None, ["> 100000", "≥ 5000", "5000.00", "[0..)", "not(1, 2)"]),
    "bool": (None, ["true", "false", "= true", "-"]),
    "date": (None, ["2026-01-05", "< 2026-12-31", "[2026-01-01..2026-02-01)"]),
    "enum": (["red", "蓝", "a b"], ["red", "red, 蓝", 'not("蓝")', '"a b"']),
    "text": (None, ["VIP", '"Shanghai, Pudong"', "not(a)", '"not"', '"d\'or", "true"', '"5"']),
}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(WORDS),
    "number": st.integers(-99, 99) | st.decimals(-99, 99, places=2),
    "money": st.integers(0, 99),
    "bool": st.booleans(),
    "date": st.dates().map(str),
    "enum": st.sampled_from(["air", "road"]),
    "who": WHO,
    "json": st.sampled_from([{"cc": ["a", "b"]}, ["x"], {"a": {"b": "1.5"}}]),
}


@st.composite
def sound_tables(draw: st.DrawFn, hits: list[str]) -> Table:
    kinds = draw(st.lists(st.sampled_from(list(COLUMNS)), min_size=1, max_size=3))
    hit = draw(st.sampled_from(hits))
    inputs = [_input(draw, f"i{n}", kind) for n, kind in enumerate(kinds)]
    names = ["number"] if hit in ("collect_sum", "collect_min", "collect_max") else ["enum", *VALUES]
    outputs = [_output(f"o{n}", draw(st.sampled_from(names))) for n in range(draw(st.integers(1, 2)))]
    if hit in ("priority", "output_order") or hit.startswith("collect_"):
        outputs = [_output("o0", "number" if hit.startswith("collect_") else "enum")]
    outcomes = st.fixed_dictionaries({one["key"]: VALUES[one["type"]] for one in outputs})
    cells = st.fixed_dictionaries({}, optional={one["key"]: st.sampled_from(COLUMNS[one["type"]][1]) for one in inputs})
    notes = st.fixed_dictionaries({}, optional={"note": TITLES})
    ids = draw(st.lists(st.sampled_from(["r1", "r-2", "规则 3", "4", "默认"]), max_size=4, unique=True))
    takes_default = hit not in ("collect", "rule_order", "output_order", "collect_count")
    return Table.model_validate(
        {
            "table": "t-1",
            "title": draw(TITLES),
            "hit": hit,
            "inputs": inputs,
            "outputs": outputs,
            "rows": [{"id": one, "when": draw(cells), "then": draw(outcomes), **draw(notes)} for one in ids],
            "default": draw(st.none() | outcomes) if takes_default else None,
        }
    )


def _input(draw: st.DrawFn, key: str, kind: str) -> dict[str, Any]:
    unit = {"unit": "CNY"} if kind == "money" else {}
    return {"key": key, "title": draw(TITLES), "type": kind, "domain": COLUMNS[kind][0], **unit}


def _output(key: str, kind: str) -> dict[str, Any]:
    return {"key": key, "type": kind, **({"values": ["air", "road"]} if kind == "enum" else {})}


def meaning(table: Table) -> Any:
    """What a table says, whichever way its cells and figures are written."""

    def outcome(then: dict[str, Any]) -> dict[str, Any]:
        return {
            one.key: then[one.key] if one.type in ("who", "json") else read_value(KIND[one.type], then[one.key])
            for one in table.outputs
        }

    def cell(text: str, kind: Any) -> Any:
        test = parse_cell(text, kind)
        return set(test.spans), test.negated

    return {
        "table": (table.table, table.title, table.hit),
        "inputs": [
            (
                one.key,
                one.title,
                one.type,
                one.unit,
                set(domain_test(one).spans) if KIND[one.type] in ORDERED else domain_values(one),
            )
            for one in table.inputs
        ],
        "outputs": [(one.key, one.title, one.type, one.values) for one in table.outputs],
        "rows": [
            (
                row.id,
                row.note,
                [cell(row.when.get(one.key, ""), one.type) for one in table.inputs],
                outcome(row.then),
            )
            for row in table.rows
        ],
        "default": table.default if table.default is None else outcome(dict(table.default)),
    }
