from pathlib import Path

import pytest

from postroad.files import load_yaml, read_model
from postroad.model.document import DocumentRef
from postroad.model.process import Process
from postroad.model.start import Start
from workflows.snapshot import start_of

PURCHASE = Path(__file__).parents[2] / "processes" / "purchase-approval" / "process.yaml"


def a_start(number: str) -> Start:
    process = read_model(Process, load_yaml(PURCHASE), name=str(PURCHASE))
    ref = DocumentRef(system="erp", kind="purchase_requisition", id=number)
    return Start(release="purchase-approval@1", process=process, document=ref, tables={"purchase-route": "0" * 64})


def test_what_is_read_is_what_was_given() -> None:
    given = a_start("PR-1")

    assert start_of(given.model_dump(mode="json")) == given


def test_instances_of_one_release_share_one_definition() -> None:
    first, second = (start_of(a_start(number).model_dump(mode="json")) for number in ("PR-1", "PR-2"))

    assert first.process is second.process
    assert first.document != second.document


@pytest.mark.parametrize("told", [{}, {"process": {"process": "x"}}, {"process": None}])
def test_what_is_no_start_input_is_refused(told: dict[str, object]) -> None:
    with pytest.raises((ValueError, LookupError)):
        start_of(told)
