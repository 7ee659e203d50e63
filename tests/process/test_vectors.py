"""The rules of approval, as cases that a business person can read: tests/vectors."""

import re
from pathlib import Path

import pytest

from postroad.cli.trial import try_process

VECTORS = Path("tests/vectors")
FILES = sorted(VECTORS.glob("*.cases.yaml"))
RULES = {f"R{number:02}" for number in (*range(25), 26, 27)}
"""The rules that hold; the others are not offered yet."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".cases.yaml"))
def test_a_vector_goes_as_it_says(file: Path) -> None:
    played = try_process(VECTORS, file)

    assert [f"{step.case} {step.step}: {problem}" for step in played for problem in step.problems] == []


def test_every_rule_has_vectors() -> None:
    assert {file.name[:3] for file in FILES if not file.name.startswith(("admin-", "nodes-"))} == RULES


def test_every_case_names_its_rule_and_expects_something() -> None:
    for file in FILES:
        for name in re.findall(r"- name: (.*)", file.read_text(encoding="utf-8")):
            assert re.match(r"([RC]\d+|管理员|each|join|inclusive|call) ", name), name
