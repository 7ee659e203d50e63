import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import yaml

from demo.places import PROCESSES
from tests.stack import Stack, running_stack

ON_ITS_WAY = "was being answered"
"""With answers delayed and presses repeated on purpose, an answer can have left us and not yet be on the phone."""

JOINT_CHECK = Path(__file__).parent / "joint-check"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Shared by all tests that kill nothing: each brings documents of its own."""
    folder = tmp_path_factory.mktemp("faults")
    connectors = with_joint_requisitions(folder / "connectors.yaml")
    async with running_stack(folder / "stack", POSTROAD_CONNECTORS_FILE=str(connectors)) as stack:
        await stack.supervisor.run([sys.executable, "-m", "api", "publish", str(JOINT_CHECK)])
        yield stack
        assert stack.dead() == []
        assert [one for one in await stack.outside.violations() if ON_ITS_WAY not in one["what"]] == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mortal(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """For killing."""
    async with running_stack(tmp_path_factory.mktemp("kills") / "stack") as stack:
        yield stack
        assert stack.dead() == []
        assert await stack.outside.violations() == []


def with_joint_requisitions(path: Path) -> Path:
    """The demonstration's connectors, where the ERP calls the same documents by a second kind."""
    told = yaml.safe_load((PROCESSES / "connectors.yaml").read_text(encoding="utf-8"))
    entities = told["connectors"]["erp"]["entities"]
    entities["joint_requisition"] = entities["purchase_requisition"]
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return path
