"""Tables of every kind, at random, and the ones that the guide and the shipped processes show."""

import re
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from postroad.files import load_table, load_yaml
from postroad.model.table import Table

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
SHIPPED = ROOT / "processes/purchase-approval/purchase-route.table.yaml"


def shown_tables() -> list[Table]:
    blocks = re.findall(r"^```yaml\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    return [load_table(SHIPPED), *(Table.model_validate(load_yaml(block)) for block in blocks)]


TEXTS = st.text(min_size=1, max_size=8) | st.sampled_from(
    [
        *["默认", "default list", "是", "true", "5000", "2026/1/5", "json:1", "= 1+1", "-", "-x", "'a", "# 规则", "#1"],
        *["a, b", "a / b", "a\nb", "a\r\nb", " a ", "_x000D_", '"', "“甲”", "＜ 5", "@x", "\x01", "{a", "[", "role: x"],
    ]
)
LABELS = TEXTS | st.fixed_dictionaries({"zh": TEXTS, "en": TEXTS})
NUMBERS = st.integers(-(10**12), 10**12) | st.decimals(-(10**6), 10**6, places=2) | st.sampled_from(["5000", "1.50"])
DAYS = st.dates().map(str)
WHO = st.sampled_from(
    [
        {"role": "buyer"},
        {"role": "buyer", "where": {"category": "{category}"}},
        {"department_head_of": "applicant"},
        {"position": "质检员, 二"},
        {"from": "route.approver", "weight": 2},
        [{"person": "007"}, {"skill": "焊接", "level": 3}],
        {"process_owner": True},
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
VALUES = {
    "who": WHO,
    "text": TEXTS | st.integers(0, 99),
    "enum": st.sampled_from(["air", "铁路", "a b"]),
    "number": NUMBERS,
    "money": NUMBERS,
    "bool": st.sampled_from([True, False, "true"]),
    "date": DAYS,
    "json": JSON,
    "list": st.lists(TEXTS, max_size=3),
}
CELLS = {
    "number": st.sampled_from(["< 5000", "= 5", "[1..2)", "（5..9】", "1, 2", "-", "not(0)", "-0.5", "＜ 5"]),
    "money": st.sampled_from(["> 100000", "≥ 5000", "5000.00", "[0..)"]),
    "bool": st.sampled_from(["true", "false", "= true", "-", "not(true)"]),
    "date": st.sampled_from(["2026-01-05", "< 2026-12-31", "[2026-01-01..2026-02-01)"]),
    "enum": st.sampled_from(["red", "red, 蓝", 'not("蓝")', '"a b"']),
    "text": st.sampled_from(["VIP", '"Shanghai, Pudong"', "not(a)", '"json:1"', '"是"', '"a""']),
}
DOMAINS: dict[str, st.SearchStrategy[Any]] = {
    "number": st.sampled_from([None, "[0..100]", ["1", "2"]]),
    "money": st.sampled_from([None, "[0..)", ""]),
    "bool": st.none(),
    "date": st.sampled_from([None, "[2026-01-01..2026-12-31]"]),
    "enum": st.sampled_from([["red", "蓝", "a b"], 'red, 蓝, "a b"']),
    "text": st.sampled_from([None, ["VIP", "a"], "VIP"]),
}
IS = [
    {"left": "i0", "op": ">", "right": "i1"},
    {"left": "i0", "op": "!=", "value": "VIP"},
    {"left": "i0", "op": "<=", "value": "2026-12-01"},
    {"left": "i0", "op": "=", "value": "true"},
    {"left": "i0", "op": "=", "value": 'a "b" '},
    {"contains": {"list": "tags", "value": "重要, 客户"}},
    {"contains": {"list": "tags", "item": "i0"}},
]


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The fields, each said or left out."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table as the model takes it, whether or not its cells could be compiled."""
    kinds = draw(st.lists(st.sampled_from(list(DOMAINS)), min_size=1, max_size=3))
    inputs = [_column(draw, f"i{n}", kind) for n, kind in enumerate(kinds)]
    if draw(st.booleans()):
        inputs.append({"key": "worked", "type": "bool", "is": draw(st.sampled_from(IS))})
    given = [{"key": "tags", "type": "list"}] if draw(st.booleans()) else []
    outputs = [_output(draw, f"o{n}") for n in range(draw(st.integers(1, 2)))]
    outcomes = st.fixed_dictionaries({one["key"]: VALUES[one["type"]] for one in outputs})
    cells = _some(**{one["key"]: CELLS[one["type"]] for one in inputs})
    more = _some(note=LABELS, valid_from=DAYS, valid_to=DAYS)
    rows = [
        {"id": name, "when": draw(cells), "then": draw(outcomes), **draw(more)}
        for name in draw(st.lists(TEXTS, max_size=4, unique=True))
    ]
    asked = _some(**{one["key"]: VALUES[one["type"]] for one in [*inputs, *given]}, other=JSON)
    expected = _some(status=st.just("OK"), rows=st.lists(TEXTS, max_size=2), outcome=JSON, default=st.booleans())
    cases = [
        {"inputs": draw(asked), "expect": expect, **draw(_some(name=TEXTS, on=DAYS))}
        for expect in draw(st.lists(expected.filter(_demands_something), max_size=2))
    ]
    return Table.model_validate(
        {
            "table": "t",
            "title": draw(LABELS),
            "hit": draw(st.sampled_from(["unique", "collect", "collect_sum"])),
            "inputs": inputs,
            "given": given,
            "outputs": outputs,
            "rows": rows,
            "default": draw(st.none() | outcomes | st.lists(outcomes, max_size=2)),
            "cases": cases,
        }
    )


def _demands_something(expect: dict[str, Any]) -> bool:
    return any(value is not None for value in expect.values())


def _column(draw: st.DrawFn, key: str, kind: str) -> dict[str, Any]:
    return {"key": key, "type": kind, "domain": draw(DOMAINS[kind]), **draw(_some(title=LABELS, unit=TEXTS))}


def _output(draw: st.DrawFn, key: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["who", "text", "number", "money", "enum", "bool", "date", "json"]))
    values = {"values": draw(st.lists(VALUES[kind], min_size=1, max_size=3))} if draw(st.booleans()) else {}
    return {"key": key, "type": kind, **values, **draw(_some(title=LABELS, unit=TEXTS))}
