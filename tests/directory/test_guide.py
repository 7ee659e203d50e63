import re
from pathlib import Path
from typing import get_args

import pytest

from postroad.directory.columns import DEPARTMENTS, PEOPLE, ROLES, SHEETS
from postroad.directory.sheet import Column
from postroad.files import load_yaml
from postroad.model.people import SelfApproval, Who

GUIDE = (Path(__file__).parents[2] / "docs/people.md").read_text(encoding="utf-8")


def _table(kind: str) -> list[str]:
    zh, en = SHEETS[kind][0], SHEETS[kind][-1]
    section = GUIDE.partition(f"### {zh} · {en}\n")[2].partition("\n\n")[0]
    return section.splitlines()[2:]


@pytest.mark.parametrize(("kind", "columns"), [("people", PEOPLE), ("departments", DEPARTMENTS), ("roles", ROLES)])
def test_the_guide_shows_exactly_the_columns_there_are(kind: str, columns: tuple[Column, ...]) -> None:
    assert _table(kind) == [f"| {column.zh} | {column.en} | {column.holds} |" for column in columns]


@pytest.mark.parametrize("columns", [PEOPLE, DEPARTMENTS, ROLES])
def test_no_heading_means_two_columns(columns: tuple[Column, ...]) -> None:
    headings = [heading for column in columns for heading in column.headings]

    assert len(headings) == len(set(headings))


def _specifications() -> list[Who]:
    naming = GUIDE.partition("## 怎样指定")[2].partition("\n## ")[0]
    return [Who.model_validate(load_yaml(said)) for said in re.findall(r"`(\{.+?\})`", naming)]


def test_every_way_of_naming_people_is_shown_and_can_be_written() -> None:
    shown = {key for spec in _specifications() for key in spec.model_dump(exclude_defaults=True)}

    assert shown | {"weight"} == {field.alias or name for name, field in Who.model_fields.items()}


@pytest.mark.parametrize("rule", get_args(SelfApproval))
def test_the_guide_explains_every_rule_for_ones_own_requests(rule: str) -> None:
    assert re.search(rf"^\| `{rule}` \|", GUIDE, flags=re.MULTILINE)
