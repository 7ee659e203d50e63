"""What business people type into a cell, and what it means."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroad.exchange.spoken import read_condition, read_outcome
from postroad.model.people import Organisation
from postroad.model.refusals import Refusal
from postroad.model.table import Column, Output
from postroad.rules.cells import parse_cell
from postroad.rules.phrases import says
from postroad.rules.shapes import CellShape, SpanShape, cell_of, shape_of

AMOUNT = Column.model_validate({"key": "amount", "title": "金额", "type": "money", "unit": "CNY"})
DAY = Column.model_validate({"key": "day", "title": "日期", "type": "date"})
MATERIAL = Column.model_validate(
    {"key": "material", "title": "物料", "type": "enum", "domain": ["production", "office", "service"]}
)
URGENT = Column.model_validate({"key": "urgent", "title": "加急", "type": "bool"})
COMPANY = Organisation.model_validate(
    {
        "departments": [{"id": "qa", "name": "质检部"}],
        "people": [{"id": "li", "name": "李四", "department": "qa"}],
        "roles": [
            {"role": "buyer", "person": "li", "scope": {"category": "steel"}, "title": {"zh": "采购员", "en": "buyer"}}
        ],
    }
)


@pytest.mark.parametrize(
    ("column", "typed", "cell"),
    [
        (AMOUNT, "", ""),
        (AMOUNT, "任意", ""),
        (AMOUNT, "< 5000", "< 5000"),
        (AMOUNT, "小于 5,000 元", "< 5000"),
        (AMOUNT, "不超过5万", "<= 50000"),
        (AMOUNT, "5万以上", ">= 50000"),
        (AMOUNT, "1.5万元以下（不含）", "< 15000"),
        (AMOUNT, "超过 ¥1,000,000", "> 1000000"),
        (AMOUNT, "5,000", "5000"),
        (AMOUNT, "5000-50000", "[5000..50000]"),
        (AMOUNT, "5,000 至 50,000 元（不含）", "(5000..50000)"),
        (AMOUNT, "大于5000且不超过5万", "(5000..50000]"),
        (AMOUNT, "between 5,000 and 50,000 CNY", "[5000..50000]"),
        (AMOUNT, "at least 5k", ">= 5000"),
        (AMOUNT, "不是 5", "not(5)"),
        (DAY, "2026/1/5 之前", "< 2026-01-05"),
        (DAY, "2026年1月1日至2026年2月1日", "[2026-01-01..2026-02-01]"),
        (MATERIAL, "Production、office", "production, office"),
        (MATERIAL, "不是 service", "not(service)"),
        (URGENT, "是", "true"),
    ],
)
def test_what_is_typed_is_read_as_a_cell(column: Column, typed: str, cell: str) -> None:
    assert read_condition(typed, column) == cell


@pytest.mark.parametrize("typed", ["很多", "5000 左右", "大于", "50000 至 5000"])
def test_what_cannot_be_read_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refusal, match="例如"):
        read_condition(typed, AMOUNT)


figures = st.integers(-(10**9), 10**9).map(str)


@st.composite
def shapes(draw: st.DrawFn) -> CellShape:
    low, high = sorted((int(draw(figures)), int(draw(figures))))
    kind = draw(st.sampled_from(["point", "below", "above", "between"]))
    ends: dict[str, Any] = {"low_in": draw(st.booleans()), "high_in": draw(st.booleans())}
    if kind == "point" or low == high:
        span = SpanShape(low=str(low), high=str(low))
    elif kind == "between":
        span = SpanShape(low=str(low), high=str(high), **ends)
    else:
        span = SpanShape(high=str(high), **ends) if kind == "below" else SpanShape(low=str(low), **ends)
    return CellShape(negated=draw(st.booleans()), spans=(span,))


@given(shapes(), st.sampled_from(["zh", "en"]))
def test_a_cell_copied_as_a_sentence_is_read_as_the_same_cell(shape: CellShape, lang: str) -> None:
    cell = cell_of(shape, "money")
    again = read_condition(says(AMOUNT, cell).text(lang), AMOUNT)

    assert shape_of(parse_cell(again, "money")) == shape_of(parse_cell(cell, "money"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("采购员", {"role": "buyer"}),
        ("buyer", {"role": "buyer"}),
        ("采购员（按单据的 category）", {"role": "buyer", "where": {"category": "{category}"}}),
        ("流程负责人", {"process_owner": True}),
        ("申请人的部门负责人", {"department_head_of": "applicant"}),
        ("质检部的成员、李四", [{"members_of": "qa"}, {"person": "li"}]),
        ("role: director", {"role": "director"}),
        ("", None),
    ],
)
def test_people_are_named_as_they_are_called(typed: str, meant: Any) -> None:
    assert read_outcome(typed, Output(key="who", title="审批人", type="who"), COMPANY) == meant  # type: ignore[arg-type]


def test_nobody_is_guessed() -> None:
    with pytest.raises(Refusal, match="没有“采购总监”"):
        read_outcome("采购总监", Output(key="who", title="审批人", type="who"), COMPANY)  # type: ignore[arg-type]
