from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from postroad.files import FileRefused, load_table, load_yaml

SHIPPED = Path(__file__).parents[2] / "processes/purchase-approval/purchase-route.table.yaml"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("4999.99", Decimal("4999.99")),
        ("4999.9999999999999999", Decimal("4999.9999999999999999")),
        ("5000", 5000),
        ("-5", -5),
        ("007", "007"),
        ("10:30", "10:30"),
        ("1_000", "1_000"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("2026-11-22", "2026-11-22"),
        (".inf", ".inf"),
        ("~", None),
        ("", None),
    ],
)
def test_yaml_is_read_as_it_was_meant(written: str, read: Any) -> None:
    assert load_yaml(f"x: {written}") == {"x": read}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\na: 2", "line 2"),
        ("- {a: 1, a: 2}", "line 1"),
        ("a: [", "line 1"),
        ("a: !!python/name:os.system", "line 1"),
    ],
)
def test_yaml_that_cannot_be_meant_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(FileRefused, match=place):
        load_yaml(text)


def test_a_file_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"missing\.table\.yaml"):
        load_table(tmp_path / "missing.table.yaml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("hit: unique", "hit: newest", "hit: use one of 'unique', 'any'"),
        ("hit: unique", "hits: unique", "hits: there is no such field"),
        ("type: money", "type: cash", "inputs.0.type: use one of 'number', 'money'"),
        ("id: r1", "no: r1", "rows.0.id: this is missing"),
    ],
)
def test_a_file_that_is_no_table_names_each_field(old: str, new: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "t.table.yaml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(FileRefused) as refused:
        load_table(path)

    assert says in refused.value.label.en
