"""A worker is killed while one process waits for another: both go on where they were, and nothing happens twice."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.case import SMALL, Case, erp, send_event
from tests.faults.conftest import with_joint_requisitions
from tests.stack import Json, Stack, running_stack, until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("called"), pytest.mark.drill]
HERE = Path(__file__).parent


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def inspecting(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Where purchases are inspected by a process of their own."""
    folder = tmp_path_factory.mktemp("called")
    connectors = with_joint_requisitions(folder / "connectors.yaml")
    async with running_stack(folder / "stack", POSTROAD_CONNECTORS_FILE=str(connectors)) as stack:
        for process in ("incoming-check", "inspected-purchase"):
            await stack.supervisor.run([sys.executable, "-m", "api", "publish", str(HERE / process)])
        yield stack
        assert stack.dead() == []


async def purchase(stack: Stack) -> Case:
    """A purchase whose inspection has been called; its document stays a draft in the ERP."""
    made = await erp(stack, "POST", "/erp/api/purchase_requisitions", SMALL)
    number = made["number"]
    event = {"id": f"inspect-{number}", "model": "joint_requisition", "record": number, "mode": "created"}
    (await send_event(stack, event)).raise_for_status()
    return Case(stack, number)


async def told(case: Case, process: str = "inspected-purchase") -> Json:
    """One of the two instances about the document, as soon as it is known."""

    async def known() -> Json | None:
        params = {"process": process, "number": case.number}
        found = (await case.stack.api.get("/api/v1/instances", params=params)).raise_for_status().json()
        return (
            (await case.stack.api.get(f"/api/v1/instances/{found[0]['id']}")).raise_for_status().json()
            if found
            else None
        )

    return await until(f"{process} of {case.number}", known)


async def outcome(case: Case, process: str = "inspected-purchase") -> str:
    async def ended() -> Json | None:
        one = await told(case, process)
        return one if one["instance"]["status"] == "finished" else None

    return str((await until(f"the end of {process}", ended))["instance"]["outcome"])


async def test_a_worker_killed_while_a_called_process_waits_for_people_is_missed_by_neither(inspecting: Stack) -> None:
    case = await purchase(inspecting)
    card = await case.card("chen", "approve")
    await inspecting.kill("worker")
    await case.press_on(card, "chen", "approve")
    await inspecting.start("worker")
    await case.press("zhang", "approve")

    assert (await outcome(case), await outcome(case, "incoming-check")) == ("approved", "approved")
    caller, called = await told(case), await told(case, "incoming-check")
    assert [(one["id"], one["outcome"]) for one in caller["calls"]] == [(called["instance"]["id"], "approved")]
    assert called["instance"]["called_by"] == caller["instance"]["id"]
    assert len(await inspecting.outside.project_tasks(case.number)) == 1


async def test_a_worker_killed_while_a_called_process_is_called_off_undoes_what_it_did_once(inspecting: Stack) -> None:
    case = await purchase(inspecting)
    await case.card("chen", "approve")
    caller = (await told(case))["instance"]["id"]
    await inspecting.fault("pms", "latency", seconds=2, times=3)
    reply = await inspecting.by_person["li"].post(f"/api/v1/instances/{caller}/withdraw", json={"reason": "不再需要"})
    await until("the undoing", lambda: undoing(case))
    await inspecting.restart("worker")

    assert reply.status_code in {200, 202}
    assert (await outcome(case), await outcome(case, "incoming-check")) == ("withdrawn", "called_off")
    await inspecting.no_more_faults()
    effects = (await told(case, "incoming-check"))["effects"]
    assert [(one["action"], one["status"]) for one in effects] == [("create", "compensated"), ("cancel", "confirmed")]


async def undoing(case: Case) -> list[Json]:
    effects = (await told(case, "incoming-check"))["effects"]
    return [one for one in effects if one["action"] == "cancel" and one["status"] in {"planned", "sent"}]
