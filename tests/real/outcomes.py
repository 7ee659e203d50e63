"""Whether every press had one outcome: in what its presser was told, in the table of clicks, and in the instance."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHandle

from postroad.model.decision import Action, Answer, Verdict
from postroad.model.task import Line
from postroad.store.clicks import ClickRow
from postroad.store.database import Database
from postroad.store.story import Story

DECISIONS = {Action.APPROVE, Action.REJECT, Action.RETURN}
Outcome = tuple[Verdict, Verdict | None]


@dataclass
class Told:
    """What was told of a press, by its id; nothing where the presser was told that it is on its way."""

    by_click: dict[str, list[Outcome]] = field(default_factory=dict)

    def note(self, click: str, outcome: Outcome | None = None) -> None:
        known = self.by_click.setdefault(click, [])
        if outcome is not None:
            known.append(outcome)


async def histories(temporal: Client, instance: str) -> AsyncIterator[Sequence[HistoryEvent]]:
    """The history of each run of an instance, the first one first."""
    latest: WorkflowHandle[Any, Any] = temporal.get_workflow_handle(instance)
    first = (await latest.fetch_history()).events[0].workflow_execution_started_event_attributes
    run = first.first_execution_run_id
    while run:
        events = (await temporal.get_workflow_handle(instance, run_id=run).fetch_history()).events
        yield events
        run = events[-1].workflow_execution_continued_as_new_event_attributes.new_execution_run_id


def answers_in(events: Sequence[HistoryEvent]) -> Iterator[tuple[Answer, bool]]:
    """What the instance answered, and whether it wrote that down as the outcome."""
    for event in events:
        if event.HasField("workflow_execution_update_completed_event_attributes"):
            outcome = event.workflow_execution_update_completed_event_attributes.outcome
            yield from ((Answer.model_validate_json(payload.data), False) for payload in outcome.success.payloads)
        if event.HasField("activity_task_scheduled_event_attributes"):
            scheduled = event.activity_task_scheduled_event_attributes
            if scheduled.activity_type.name == "tasks.record":
                record = json.loads(scheduled.input.payloads[0].data)["record"]
                yield from ((Answer.model_validate(answer), True) for answer in record.get("answers", ()))


async def presses_with_two_outcomes(
    database: Database, instance: str, runs: Sequence[Sequence[HistoryEvent]], told: Told
) -> list[str]:
    """Every press of this instance that was told, kept or decided in two ways, or has no outcome at all."""
    recorded: dict[str, Outcome] = {}
    for answer, is_outcome in (said for events in runs for said in answers_in(events)):
        told.note(answer.click, outcome_of(answer))
        if is_outcome:
            assert recorded.setdefault(answer.click, outcome_of(answer)) == outcome_of(answer), "two outcomes"
    async with database.read() as session:
        task = col(ClickRow.task)
        rows = await session.scalars(select(ClickRow).where((task == instance) | task.startswith(f"{instance}/")))
        kept = [(row.id, row.answer, recorded.get(row.id)) for row in rows]
    return [problem for one in kept for problem in _problems(*one, told)]


def _problems(click: str, kept: Answer | None, recorded: Outcome | None, told: Told) -> Iterator[str]:
    if kept is None:
        yield f"{click[:8]} has no outcome"
        return
    outcome = outcome_of(kept)
    # an instance that has ended is not asked any more: the table answers for it
    if recorded not in {None, outcome}:
        yield f"{click[:8]} is kept as {outcome}, the instance wrote down {recorded}"
    same = {outcome, (Verdict.DUPLICATE, outcome[1] or outcome[0])}
    others = [other for other in told.by_click.get(click, []) if other not in same]
    yield from (f"{click[:8]} is {outcome}, somebody was told {other}" for other in others)


def outcome_of(answer: Answer) -> Outcome:
    return answer.verdict, answer.first


async def story_of(database: Database, instance: str) -> list[Line]:
    """The story, once it is seen to be whole."""
    async with database.read() as session:
        story = Story(session)
        assert await story.verify(instance) == []
        lines = [row.line for row in await story.of(instance)]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    return lines


def decisions_in(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """(task, press) of every decision that counted."""
    return [(line.data["task"], line.data["click"]) for line in lines if line.data.get("action") in DECISIONS]
