"""An instance with a long life continues as new, several times, while people press: nothing is lost or doubled.

`LONG_LIVES_SEED` plays what another seed makes of it.
"""

import asyncio
import os
from collections import Counter
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle

from api.running import InstanceClosed
from api.tasks import Decision, click_of
from postroad.model.decision import Action, Click, Verdict
from postroad.model.process import Process
from postroad.model.refusals import Unavailable
from postroad.model.task import Task, TaskKind, TaskState
from postroad.store.database import Database
from tests.real.outcomes import Told, decisions_in, histories, presses_with_two_outcomes, story_of
from tests.real.place import Place, open_place
from tests.real.vectors import definition, organisation, systems
from workflows.patience import WORKFLOW_TASK

SEED = int(os.environ.get("LONG_LIVES_SEED", "1"))
EVENTS_PER_RUN = 90
CONTINUED = 3
APPROVALS = 20
PEOPLE = ("chen", "wang", "zhao", "sun", "zhou")


def one(number: int) -> dict[str, Any]:
    return {"approval": f"a{number}", "who": {"person": PEOPLE[number % len(PEOPLE)]}}


def long_process() -> Process:
    """Twenty approvals, and beside them a timer that outlives a run."""
    pool = {"approval": "a8", "assign": "claim", "who": {"role": "board"}}
    book = {"effect": "book", "connector": "pms", "entity": "task", "action": "create", "undo": "cancel"}
    both = {"parallel": "both", "branches": [[one(9), one(10)], [one(11)]]}
    steps = [*map(one, range(1, 8)), pool, book, both, *map(one, range(12, APPROVALS + 1))]
    pause = {"wait": "pause", "for": "3s"}
    stamp = {"effect": "stamp", "connector": "pms", "entity": "task", "action": "create"}
    return definition("long", {"parallel": "all", "branches": [steps, [pause, stamp]]})


class Crowd:
    """Those who are asked, all of them with nervous fingers."""

    def __init__(self, place: Place, instance: str, chance: Random) -> None:
        self.place, self.instance, self.chance = place, instance, chance
        self.told = Told()
        self.pressed: list[tuple[Click, Decision]] = []
        self.refusals: set[str] = set()
        self.sent_back = False

    async def work(self) -> None:
        """Until the instance is over."""
        while open_tasks := await self._open_tasks():
            able = [task for task in open_tasks if task.actions]
            await asyncio.gather(*(self._answer(task) for task in able), self._meddle(), self._meddle())

    async def _open_tasks(self) -> list[Task]:
        while True:
            told = await self.place.get(f"/api/v1/instances/{self.instance}")
            tasks = [Task.model_validate(task) for task in told["tasks"]]
            asked = [task for task in tasks if task.state is TaskState.OPEN and task.kind is not TaskKind.CC]
            if asked or told["instance"]["outcome"]:
                return asked
            await self._meddle()

    async def _answer(self, task: Task) -> None:
        """Presses once, twice or three times at once, by whichever way."""
        decision = Decision(action=self._choice(task), opinion="好", target="a12", form_hash=task.form_hash)
        click = click_of(task, task.person, decision, {}, self.place.office.parts)
        self.pressed.append((click, decision))
        ways = [self._press, *self.chance.choices((self._press, self._signal), k=self.chance.randint(0, 2))]
        self.chance.shuffle(ways)
        await asyncio.gather(*(way(click, decision) for way in ways))
        await self.place.quiet(self.instance)

    def _choice(self, task: Task) -> Action:
        if Action.CLAIM in task.actions:
            return Action.CLAIM
        if task.node == "a14" and not self.sent_back:
            self.sent_back = True
            return Action.RETURN
        return Action.APPROVE

    async def _press(self, click: Click, decision: Decision) -> None:
        said = decision.model_dump(mode="json", exclude_none=True)
        reply = await self.place.post(f"/api/v1/tasks/{click.task}/decide", said, person=click.actor)
        assert reply.status_code in {200, 202}, reply.text
        outcome = reply.json()
        self.told.note(click.id, (outcome["verdict"], outcome["first"]) if outcome["verdict"] else None)

    async def _signal(self, click: Click, _: Decision) -> None:
        await self.place.office.parts.running.signal_decision(self.instance, click)

    async def _meddle(self) -> None:
        """An old press comes once more, straight to the instance."""
        if self.pressed:
            click, decision = self.chance.choice(self.pressed)
            if self.chance.random() < 0.5:
                with suppress(InstanceClosed):
                    await self._signal(click, decision)
            else:
                await self._ask(click)

    async def _ask(self, click: Click) -> None:
        try:
            answer = await self.place.office.parts.running.decide(self.instance, click)
        except InstanceClosed:
            assert await self._is_over(), "an instance that goes on said that it was closed"
        except Unavailable as away:
            self.refusals.add(away.code)
        else:
            self.told.note(click.id, (answer.verdict, answer.first))

    async def _is_over(self) -> bool:
        handle: WorkflowHandle[Any, Any] = self.place.office.temporal.get_workflow_handle(self.instance)
        return (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED


@pytest.mark.timeout(600)
async def test_twenty_approvals_and_three_runs_later_nothing_is_lost_or_doubled(
    database: Database, temporal: Client
) -> None:
    process = long_process()
    async with open_place(database, temporal, organisation(), systems([process])) as place:
        started = await place.launch(process, {"applicant": "li", "amount": "100"}, events_per_run=EVENTS_PER_RUN)
        crowd = Crowd(place, started, Random(SEED))
        async with asyncio.timeout(60):
            await crowd.work()
            await temporal.get_workflow_handle(started).result()
        runs = [events async for events in histories(temporal, started)]
        told = await place.get(f"/api/v1/instances/{started}")

    lines = await story_of(database, started)
    approved = Counter(task.rsplit("/", 2)[0] for task, _ in decisions_in(lines))
    once = {f"{started}/a{number}": 1 for number in range(1, APPROVALS + 1)}
    again = {f"{started}/a{number}": 2 for number in (12, 13, 14)}
    assert len(runs) > CONTINUED
    assert await presses_with_two_outcomes(database, started, runs, crowd.told) == []
    assert approved == {**once, **again}
    assert len({task for task, _ in decisions_in(lines)}) == approved.total()
    assert Counter(action for _, action, _, _ in place.systems["pms"].journal) == {"create": 2}
    assert told["instance"]["outcome"] == "approved"
    begun = runs[-1][0].workflow_execution_started_event_attributes
    assert begun.workflow_task_timeout.ToTimedelta() == WORKFLOW_TASK
    assert crowd.refusals <= {"unavailable"}
    assert Verdict.DUPLICATE in {verdict for outcomes in crowd.told.by_click.values() for verdict, _ in outcomes}
