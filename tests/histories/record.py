"""Records a history for each scenario: `make histories`. Old files stay; a new engine adds its own beside them."""

import asyncio
import gc
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from postroad.files import load_table
from postroad.model.decision import Action, Click
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.event import AdminAct, ErpNews
from postroad.model.start import ENGINE, Finished, Start
from tests.histories.scenarios import CALLED, SCENARIOS, Happening, Scenario
from tests.temporal import start_dev_server
from tests.workflows.acts import decide, move, press
from tests.workflows.conftest import DUTIES, FOLDER
from tests.workflows.world import World
from workers.crew import hire
from workflows.queues import CORE

HERE = Path(__file__).parent


async def record(client: Client, scenario: Scenario) -> str:
    """Play a scenario on a real server; its history as `temporal workflow show -o json` would print it."""
    world = World(scenario.process(), [load_table(FOLDER / "purchase-route.table.yaml")], DUTIES)
    conflict = EffectResult(status=EffectStatus.CONFLICT, message="单据已被他人处理 / somebody else was there first")
    refusals = [conflict] if scenario.conflict_on else []
    world.refuse = lambda intent: refusals.pop() if refusals and intent.action == scenario.conflict_on else None
    world.chat_is_slow = scenario.slow_chat
    world.agents = dict(scenario.agents)
    world.published = {called.name: called.process() for called in CALLED}
    document = world.submit(f"PR-{scenario.name}", amount=scenario.amount, material="production", **scenario.fields)
    tables = {"purchase-route": "recorded"}
    start = Start(release=f"{scenario.name}@1", process=world.process, document=document, tables=tables)
    workers = hire(client, world.crew())
    async with asyncio.timeout(30), workers[0], workers[1], workers[2], workers[3]:
        handle = await client.start_workflow(
            scenario.name, start, id=f"{scenario.name}:erp:PR-{scenario.name}:1", task_queue=CORE, result_type=Finished
        )
        for number, act in enumerate(scenario.acts):
            if scenario.moved_to and number == 0:
                await world.until(lambda: bool(world.tasks))
                await move(handle, scenario.destination())
            await _happens(client, handle, world, act)
        await handle.result()
        return (await handle.fetch_history()).to_json()


async def _happens(client: Client, handle: WorkflowHandle[Any, Any], world: World, act: Happening) -> None:
    if isinstance(act, AdminAct):
        await world.until(lambda: bool(world.tasks))
        await handle.execute_update("admin", act)
    elif isinstance(act, str):
        async for event in handle.fetch_history_events(wait_new_event=True):
            if event.event_type == EventType.EVENT_TYPE_TIMER_FIRED:
                return
    elif isinstance(act, Mapping):
        (number,) = world.documents
        world.change(number, **act)
        await handle.signal("event", ErpNews(event_id=f"edit-{len(world.records)}", mode="updated"))
    else:
        person, action, *filled = act
        click = await pressed(world, handle.id, person, action, **(filled[0] if filled else {}))
        seen = world.tasks.get(click.task)
        await decide(client.get_workflow_handle(click.task.rsplit("/", 3)[0]), click)
        await world.until(lambda: seen is None or world.tasks[click.task].revision > seen.revision)


async def pressed(world: World, instance: str, person: str, action: Action, **fields: str) -> Click:
    """The press of a button, as soon as it is on offer; a revocation is asked for when the instance has ended."""
    if action is not Action.REVOKE:
        return press(await world.on_offer(person, action), action, "意见", actor=person, **fields)
    await world.until(lambda: world.views[instance].instance.outcome is not None)
    at = world.views[instance].instance.started_at
    return Click(id=f"{instance}-revoke", task=instance, actor=person, action=action, opinion="意见", at=at)


async def main() -> None:
    environment: WorkflowEnvironment = await start_dev_server()
    try:
        for scenario in SCENARIOS:
            path = HERE / f"engine-{ENGINE}-{scenario.name}.json"
            if path.exists() and "--again" not in sys.argv:
                continue
            told = json.loads(await record(environment.client, scenario))
            path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            sys.stdout.write(f"{path.name}: {len(told['events'])} events\n")
    finally:
        await environment.shutdown()


if __name__ == "__main__":
    asyncio.run(main())
    # workers are in cycles: left to the end of the interpreter, the SDK's threads would abort it
    gc.collect()
