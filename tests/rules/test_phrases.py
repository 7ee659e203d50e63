import pytest

from postroad.model.table import Column, ColumnType
from postroad.rules.phrases import phrase


@pytest.mark.parametrize(
    ("type", "cell", "zh", "en"),
    [
        ("money", "(5000..50000]", "大于 5000、不超过 50000 CNY", "is more than 5000 and at most 50000 CNY"),
        ("money", "[5000..50000)", "不小于 5000、小于 50000 CNY", "is at least 5000 and less than 50000 CNY"),
        ("money", "< 5, 7, > 9", "小于 5 或为 7 或大于 9 CNY", "is less than 5 or 7 or more than 9 CNY"),
        ("money", "7", "为 7 CNY", "is 7 CNY"),
        ("money", "not([1..2])", "不在此列：不小于 1、不超过 2 CNY", "is none of: at least 1 and at most 2 CNY"),
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
