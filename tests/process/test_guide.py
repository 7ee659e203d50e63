import re
from pathlib import Path
from typing import Any

import pytest

from postroad.files import load_table, load_yaml, read_model
from postroad.model.case import CaseFile
from postroad.model.decision import Action, Verdict
from postroad.model.process import KINDS, Process
from postroad.process.sound import problems
from tests.process.staging import definition

PROCESSES = Path("docs/processes.md").read_text(encoding="utf-8")
APPROVALS = Path("docs/approvals.md").read_text(encoding="utf-8")
TABLE = load_table(Path("processes/purchase-approval/purchase-route.table.yaml"))


def blocks() -> list[Any]:
    return [load_yaml(block) for block in re.findall(r"^```yaml\n(.*?)^```", PROCESSES, flags=re.MULTILINE | re.DOTALL)]


def example(kind: str) -> list[dict[str, Any]]:
    return next(block for block in blocks() if isinstance(block, list) and kind in block[0])


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_shows_every_kind_of_node_in_a_form_that_can_be_published(kind: str) -> None:
    assert re.search(rf"^### `{kind}` ", PROCESSES, flags=re.MULTILINE)
    assert problems(definition(*example(kind)), {TABLE.table: TABLE}) == []


def test_the_guides_process_can_be_published() -> None:
    shown = Process.model_validate(blocks()[0])

    assert problems(shown, {TABLE.table: TABLE}) == []


def test_the_guides_cases_can_be_read() -> None:
    cases = read_model(CaseFile, blocks()[-1], name="docs/processes.md")

    assert [str(step.do) for step in cases.cases[0].script] == ["reject", "resubmit", "None", "approve"]


@pytest.mark.parametrize("word", [*Action, *Verdict, "reassign", "remove_signer", "urge", "nudge", "event"])
def test_the_guide_explains_every_act_and_every_verdict(word: str) -> None:
    assert re.search(rf"^\| `{word}`", APPROVALS, flags=re.MULTILINE)
