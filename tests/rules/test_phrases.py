import pytest

from postroad.model.table import Column, ColumnType
from postroad.rules.phrases import phrase


@pytest.mark.parametrize(
    ("type", "cell", "zh", "en"),
    [
        ("money", "(5000..50000]", "大于 5,000、不超过 50,000 元", "is more than 5,000 and at most 50,000 CNY"),
        ("money", "[5000..50000)", "不小于 5,000、小于 50,000 元", "is at least 5,000 and less than 50,000 CNY"),
        ("money", "< 5, 7, > 9", "小于 5 或为 7 或大于 9 元", "is less than 5 or 7 or more than 9 CNY"),
        ("money", "[5000..50000]", "为 5,000 至 50,000 元（含）", "is 5,000 to 50,000 CNY inclusive"),
        ("money", "7", "为 7 元", "is 7 CNY"),
        ("money", "not([1..2])", "不在此列：1 至 2 元（含）", "is none of: 1 to 2 CNY inclusive"),
        ("date", "<= 2026-01-31", "不晚于 2026-01-31", "is on or before 2026-01-31"),
        (
            "date",
            "(2026-01-31..2026-02-28)",
            "晚于 2026-01-31、早于 2026-02-28",
            "is after 2026-01-31 and before 2026-02-28",
        ),
        ("text", "a, b, c", "为 a、b 或 c", "is a, b or c"),
        ("text", "not(VIP)", "不是 VIP", "is not VIP"),
        ("bool", "true", "：是", ": yes"),
        ("bool", "not(true)", "：否", ": no"),
        ("bool", "true, false", "：是或否", ": yes or no"),
    ],
)
def test_a_cell_is_said_in_the_words_of_business_people(type: ColumnType, cell: str, zh: str, en: str) -> None:  # noqa: A002 - the word authors use
    unit = "CNY" if type == "money" else None
    said = phrase(Column(key="x", title={"zh": "数值", "en": "Value"}, type=type, unit=unit), cell)  # type: ignore[arg-type]

    assert (said.zh, said.en) == (f"数值{zh}", f"Value{en}" if en.startswith(":") else f"Value {en}")


def test_a_latin_title_keeps_its_distance_from_chinese_words() -> None:
    assert phrase(Column.model_validate({"key": "amount", "type": "number"}), "> 5").zh == "amount 大于 5"
