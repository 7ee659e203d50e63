import re
from pathlib import Path

import pytest

from postroad.files import load_yaml
from postroad.model.hit import HitPolicy
from postroad.model.table import ColumnType, Status, Table
from postroad.rules.cells import CellRefused, parse_cell
from postroad.rules.check import check

GUIDE = (Path(__file__).parents[2] / "docs/rules.md").read_text(encoding="utf-8")


def blocks(info: str) -> list[str]:
    return re.findall(rf"^```{info}\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


def examples(kind: str) -> list[tuple[str, str]]:
    found = re.findall(rf"^```{kind} (\w+)\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    return [(column, cell) for column, block in found for cell in block.splitlines()]


@pytest.mark.parametrize(("column", "cell"), examples("cells"))
def test_every_cell_the_guide_shows_can_be_written(column: ColumnType, cell: str) -> None:
    assert parse_cell(cell, column).text == cell


@pytest.mark.parametrize(("column", "cell"), examples("refused"))
def test_every_mistake_the_guide_shows_is_refused(column: ColumnType, cell: str) -> None:
    with pytest.raises(CellRefused):
        parse_cell(cell, column)


def test_the_guides_table_passes_its_own_check() -> None:
    tables = [Table.model_validate(load_yaml(block)) for block in blocks("yaml")]

    assert [check(table).ok for table in tables] == [True, True]


@pytest.mark.parametrize("word", [*HitPolicy, *Status, *ColumnType.__args__])
def test_the_guide_explains_every_policy_status_and_type(word: str) -> None:
    assert re.search(rf"^\| `{word}` \|", GUIDE, flags=re.MULTILINE)
