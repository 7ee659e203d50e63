"""What pydantic found wrong with what somebody wrote, in the words of those who wrote it."""

from collections.abc import Mapping
from typing import Any

_SAID = {
    "missing": ("缺少此项", "this is missing"),
    "extra_forbidden": ("没有此项，请检查拼写", "there is no such field; check the spelling"),
    "date_from_datetime_parsing": ("应为日期，例如 2026-12-31", "this should be a date such as 2026-12-31"),
    "string_type": ("应为文本", "this should be text"),
    "dict_type": ("应为键值映射", "this should be a mapping"),
    "tuple_type": ("应为列表", "this should be a list"),
    "list_type": ("应为列表", "this should be a list"),
    "model_type": ("应为键值映射", "this should be a mapping"),
    "too_short": ("至少要有一项", "at least one is needed"),
    "string_pattern_mismatch": (
        "只能用英文字母开头的字母、数字、_ . -",
        "start with a letter and use only letters, digits, _ . -",
    ),
}


def wrong_field(error: Mapping[str, Any]) -> tuple[str, str]:
    """What pydantic found wrong with one field, in Chinese and English."""
    message = str(error["msg"]).removeprefix("Value error, ")
    zh, en = _SAID.get(error["type"]) or halves(message)
    if error["type"] in ("literal_error", "enum"):
        zh, en = f"应为 {error['ctx']['expected']} 之一", f"use one of {error['ctx']['expected']}"
    return zh, en


def halves(message: str) -> tuple[str, str]:
    """The Chinese and the English of a text written `中文 / English`."""
    zh, slash, en = message.partition(" / ")
    return (zh, en) if slash else (message, message)
