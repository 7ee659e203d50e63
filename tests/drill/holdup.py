"""Who had work to do when a process was killed, and how long after its return each of them moved on."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from temporalio.api.enums.v1 import PendingActivityState
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionResponse
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from postroad.chat.card import ref_of
from tests.stack import Stack

_GIVE_UP = 45.0
_LOOK_AGAIN = 0.7
"""Seconds between two looks; looking more often would itself hold up what shares two processors with it."""

_SIDE_BY_SIDE = 16
_RPC = timedelta(seconds=2)
Moved = Callable[[datetime], Awaitable[bool]]


@dataclass(frozen=True)
class Held:
    """Something that had work to do at a kill. `moved(since)` tells whether it went on after that moment."""

    name: str
    moved: Moved


@dataclass(frozen=True)
class HoldUp:
    """`back` is when the killed process served again."""

    seconds: float
    name: str
    why: str
    back: datetime


@dataclass
class Watch:
    """Looks through Temporal's own description of each instance, never at what the product says of itself."""

    stack: Stack
    hold_ups: list[HoldUp] = field(default_factory=list)
    _ended: set[str] = field(default_factory=set)

    async def runnable(self, numbers: Iterable[str]) -> list[Held]:
        """The instances, not yet started ones too, that have something to do now."""
        few = asyncio.Semaphore(_SIDE_BY_SIDE)

        async def one(number: str) -> Held | None:
            async with few:
                return await self._if_runnable(number)

        found = await asyncio.gather(*(one(number) for number in list(numbers) if number not in self._ended))
        return [held for held in found if held]

    async def until_moving(self, held: list[Held], why: str) -> None:
        """Notes for each how long after now, the moment the killed process serves again, it went on."""
        began, since = time.monotonic(), datetime.now(UTC)
        waiting = [*held, *await self._waiting_clicks()]
        while waiting and time.monotonic() - began < _GIVE_UP:
            still = []
            for one in waiting:
                if await one.moved(since):
                    self.hold_ups.append(HoldUp(time.monotonic() - began, one.name, why, since))
                else:
                    still.append(one)
            waiting = still
            await asyncio.sleep(_LOOK_AGAIN if waiting else 0)
        self.hold_ups += [HoldUp(_GIVE_UP, f"{one.name} (still)", why, since) for one in waiting]

    async def _if_runnable(self, number: str) -> Held | None:
        name = f"purchase-approval:erp:{number}:1"
        try:
            seen = await self._described(name)
        except RPCError as gone:
            if gone.status is not RPCStatusCode.NOT_FOUND:
                raise
            return Held(f"{name} (not started)", lambda _: self._exists(name))
        if seen.workflow_execution_info.status != WorkflowExecutionStatus.RUNNING:
            self._ended.add(number)
            return None
        if not (seen.HasField("pending_workflow_task") or any(map(_is_due, seen.pending_activities))):
            return None
        length = seen.workflow_execution_info.history_length
        return Held(f"{name} ({_doing(seen)})", lambda since: self._moved(name, length, since))

    async def _described(self, name: str) -> DescribeWorkflowExecutionResponse:
        handle = (await self.stack.temporal()).get_workflow_handle(name)
        return (await handle.describe(rpc_timeout=_RPC)).raw_description

    async def _exists(self, name: str) -> bool:
        with suppress(RPCError):
            await self._described(name)
            return True
        return False

    async def _moved(self, name: str, length: int, since: datetime) -> bool:
        try:
            seen = await self._described(name)
        except RPCError:
            return False
        info = seen.workflow_execution_info
        if info.status != WorkflowExecutionStatus.RUNNING:
            return True
        under_way = any(_is_under_way(activity, since) for activity in seen.pending_activities)
        return info.history_length > length or under_way

    async def _waiting_clicks(self) -> list[Held]:
        """Presses that were answered with “received” and have no outcome yet."""
        pending = {ref for person in self.stack.by_person for ref in await self._pending_cards(person)}
        tasks = (
            (await self.stack.api.get("/api/v1/tasks", params={"state": "open", "limit": 200}))
            .raise_for_status()
            .json()
        )
        return [self._click(task["id"]) for task in tasks if ref_of(task["id"]) in pending]

    def _click(self, task: str) -> Held:
        return Held(f"click on {task}", lambda _: self._is_closed(task))

    async def _pending_cards(self, person: str) -> list[str]:
        cards = (await self.stack.sandbox.get(f"/phone/{person}/cards.json")).raise_for_status().json()["cards"]
        return [card["outTrackId"] for card in cards if card["params"].get("status_kind") == "pending"]

    async def _is_closed(self, task: str) -> bool:
        with suppress(httpx.HTTPError):
            reply = await self.stack.api.get(f"/api/v1/tasks/{task}")
            return reply.is_success and reply.json()["state"] != "open"
        return False


def _is_due(activity: PendingActivityInfo) -> bool:
    """Being tried, or waiting for a worker; one that waits for its next try, because a system failed, is not due."""
    if activity.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED:
        return True
    at = activity.scheduled_time.ToDatetime(UTC)
    return activity.state == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED and at <= datetime.now(UTC)


def _is_under_way(activity: PendingActivityInfo, since: datetime) -> bool:
    """Tried anew since, or the same try gave a sign of life since, or a system failed it since: it is not held up."""
    signs = [activity.last_started_time, activity.last_heartbeat_time]
    if activity.last_failure.HasField("application_failure_info"):
        signs.append(activity.last_attempt_complete_time)
    return any(sign.ToDatetime(UTC) > since for sign in signs)


def _doing(seen: DescribeWorkflowExecutionResponse) -> str:
    deeds = [f"{activity.activity_type.name} try {activity.attempt}" for activity in seen.pending_activities]
    return ", ".join([*(["workflow task"] if seen.HasField("pending_workflow_task") else []), *deeds])
