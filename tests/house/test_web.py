"""What the browser application promises about its files."""

import json
import re

import pytest

from tests.house.tree import ROOT, shipped
from web.__main__ import TYPES, types

WEB = ROOT / "web"
LOCALES = WEB / "src" / "locales"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_lock_names_no_address() -> None:
    assert "resolved" not in (WEB / "package-lock.json").read_text()


@pytest.mark.parametrize("package", ["react", "react-dom", "antd"])
def test_there_is_one_of_what_must_be_one(package: str) -> None:
    packages = json.loads((WEB / "package-lock.json").read_text())["packages"]

    assert [name for name in packages if name.endswith(f"node_modules/{package}")] == [f"node_modules/{package}"]


def test_words_for_people_are_in_the_locale_files_alone() -> None:
    sources = [
        file
        for file in shipped()
        if file.is_relative_to(WEB / "src") and file.suffix in {".ts", ".tsx"} and not file.name.endswith(".test.ts")
    ]

    assert [str(file) for file in sources if file != TYPES and CHINESE.search(_said(file.read_text()))] == []


def test_both_languages_say_the_same_things() -> None:
    chinese, english = (
        {(file.name, key) for file in (LOCALES / lang).glob("*.json") for key in _keys(json.loads(file.read_text()))}
        for lang in ("zh-CN", "en")
    )

    assert chinese ^ english == set()


def test_the_types_are_those_of_the_api() -> None:
    kept = TYPES.read_text()

    types()

    assert TYPES.read_text() == kept, "python -m web types"


def _said(source: str) -> str:
    """The source without its comments and imports of tests."""
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", source, flags=re.DOTALL)


def _keys(words: dict[str, object], under: str = "") -> set[str]:
    """Every key; the forms of a plural (`_one`, `_other`) are one."""
    found = set[str]()
    for key, said in words.items():
        name = f"{under}{re.sub('_(zero|one|two|few|many|other)$', '', key)}"
        found |= _keys(said, f"{name}.") if isinstance(said, dict) else {name}
    return found
