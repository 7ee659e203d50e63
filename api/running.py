"""The instances that run in Temporal, in this product's words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from temporalio.api.errordetails.v1 import WorkflowNotReadyFailure
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from postroad.model.decision import Answer, Click
from postroad.model.event import AdminAct, ErpNews
from postroad.model.move import Considered, Destination, MoveOrder
from postroad.model.refusals import Conflict, Unavailable, Unknown
from postroad.model.start import Start
from postroad.model.stuck import WorkflowState
from workflows import queues
from workflows.backtest import Backtest
from workflows.patience import WORKFLOW_TASK
from workflows.search import DOCUMENT, PROCESS, STATUS
from workflows.steps import BacktestOrder

log = structlog.get_logger("api")

DECISION_PATIENCE = 1.5
"""Seconds a clicker may wait for the workflow's answer; the chat platform itself gives up after two."""

PATIENCE = 5.0
"""Seconds for what nobody watches: starts, signals, acts of administrators."""

_FAILS_AGAIN = 5
"""More attempts than this at one workflow task are no accident."""

_TRANSIENT = {
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.ABORTED,
    RPCStatusCode.INTERNAL,
    RPCStatusCode.UNKNOWN,
}


class InstanceClosed(Unknown):
    """The instance has ended, or was never started."""

    code = "instance_closed"


class NotTaken(Conflict):
    """The instance refused the message itself; nothing of it is in its history."""

    code = "not_taken"


class Running:
    """Talks to running instances.

    Raises:
        Unavailable: Temporal or the worker did not answer in time; the message may still have arrived. The code is
            `temporal_refused` when Temporal answered and will not take the message until somebody changes something.
        InstanceClosed: there is no such running instance.
        NotTaken: the instance refused the message.
    """

    def __init__(self, client: Client, task_queue: str = queues.CORE, *, patience: float = PATIENCE) -> None:
        self._client, self._queue, self.patience = client, task_queue, patience

    async def decide(self, instance: str, click: Click) -> Answer:
        async with _translated(instance, DECISION_PATIENCE):
            answer: Answer = await self._at(instance).execute_update("decide", click, id=click.id, result_type=Answer)
        return answer

    async def signal_decision(self, instance: str, click: Click) -> None:
        async with _translated(instance, self.patience):
            await self._at(instance).signal("decide_signal", click)

    async def tell(self, instance: str, news: ErpNews) -> None:
        async with _translated(instance, self.patience):
            await self._at(instance).signal("event", news)

    async def administer(self, instance: str, act: AdminAct) -> Answer:
        async with _translated(instance, self.patience):
            answer: Answer = await self._at(instance).execute_update("admin", act, id=act.id, result_type=Answer)
        return answer

    async def consider(self, instance: str, to: Destination) -> Considered:
        """Whether the instance could move; asking leaves no trace in it."""
        async with _translated(instance, self.patience):
            told: Considered = await self._at(instance).query("consider_move", to, result_type=Considered)
        return told

    async def move(self, instance: str, order: MoveOrder) -> Answer:
        async with _translated(instance, self.patience):
            answer: Answer = await self._at(instance).execute_update("move", order, id=order.id, result_type=Answer)
        return answer

    async def start(self, instance: str, start: Start, number: str) -> bool:
        """Starts the instance; False when an instance of this id has ever been started."""
        try:
            async with _translated(instance, self.patience):
                await self._start(instance, start, number)
        except WorkflowAlreadyStartedError:
            return False
        return True

    async def _start(self, instance: str, start: Start, number: str) -> None:
        try:
            await self._start_with(instance, start, number, _attributes(start))
        except RPCError as refused:
            if "search attribute" not in refused.message.lower():
                raise
            # they only filter the Web UI; a namespace without them must not stop the business
            log.warning("search_attributes.missing", instance=instance, said=refused.message)
            await self._start_with(instance, start, number, TypedSearchAttributes.empty)

    async def _start_with(self, instance: str, start: Start, number: str, found_by: TypedSearchAttributes) -> None:
        await self._client.start_workflow(
            start.process.process,
            start,
            id=instance,
            task_queue=self._queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            task_timeout=WORKFLOW_TASK,
            search_attributes=found_by,
            static_summary=f"{start.process.title.zh} {number}",
        )

    async def backtest(self, id_: str, title: str) -> None:
        """Start the backtest that is noted under this id."""
        name = f"backtest:{id_}"
        async with _translated(name, self.patience):
            await self._client.start_workflow(
                Backtest.run,
                BacktestOrder(id=id_),
                id=name,
                task_queue=self._queue,
                task_timeout=WORKFLOW_TASK,
                static_summary=f"回测 {title}",
            )

    async def state_of(self, instance: str) -> WorkflowState:
        """What Temporal says of an instance that has not ended as far as anybody knows."""
        try:
            async with _translated(instance, self.patience):
                described = await self._at(instance).describe()
        except InstanceClosed:
            return "missing"
        if described.status is WorkflowExecutionStatus.COMPLETED:
            return "ended"
        if described.status is not WorkflowExecutionStatus.RUNNING:
            return "failed"
        attempts = described.raw_description.pending_workflow_task.attempt
        return "failing" if attempts > _FAILS_AGAIN else ""

    async def probe(self, seconds: float) -> None:
        """Raises Unavailable unless Temporal answers."""
        async with _translated("-", seconds):
            if not await self._client.service_client.check_health():
                raise Unavailable("Temporal 尚未就绪", "Temporal is not ready yet")

    def _at(self, instance: str) -> WorkflowHandle[object, object]:
        return self._client.get_workflow_handle(instance)


def _attributes(start: Start) -> TypedSearchAttributes:
    return TypedSearchAttributes(
        [
            SearchAttributePair(DOCUMENT, str(start.document)),
            SearchAttributePair(PROCESS, start.process.title.zh),
            SearchAttributePair(STATUS, "进行中"),
        ]
    )


@asynccontextmanager
async def _translated(instance: str, seconds: float) -> AsyncIterator[None]:
    try:
        # the SDK retries by itself beyond a single call's deadline; the person is not to wait for that
        async with asyncio.timeout(seconds):
            yield
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as late:
        raise _away(f"{seconds:g} s") from late
    except WorkflowUpdateFailedError as refused:
        raise _not_taken(instance, refused) from refused
    except WorkflowQueryFailedError as refused:
        raise Unavailable(
            f"流程 {instance} 无法回答：{refused}", f"Instance {instance} cannot answer: {refused}"
        ) from refused
    except RPCError as broken:
        raise _said_by_temporal(instance, broken) from broken
    except RuntimeError as broken:  # what a lazy client raises when it cannot connect
        raise _away(str(broken)) from broken


def _away(why: str) -> Unavailable:
    return Unavailable(
        f"流程引擎暂时没有应答（{why}），系统会自动重试",
        f"The workflow engine does not answer ({why}); this is tried again by itself",
    )


def _not_taken(instance: str, refused: WorkflowUpdateFailedError) -> NotTaken:
    why = str(refused.cause)
    return NotTaken(f"流程 {instance} 没有接受此操作：{why}", f"Instance {instance} did not take this: {why}")


def _met_something_new(broken: RPCError) -> bool:
    """The instance was about to take the message when other news came, and now begins anew with both."""
    return any(detail.Is(WorkflowNotReadyFailure.DESCRIPTOR) for detail in broken.grpc_status.details)


def _said_by_temporal(instance: str, broken: RPCError) -> Unavailable | InstanceClosed:
    if broken.status is RPCStatusCode.NOT_FOUND:
        return InstanceClosed(f"流程 {instance} 已结束", f"Instance {instance} has ended")
    if broken.status in _TRANSIENT or _met_something_new(broken):
        return _away(broken.message)
    return Unavailable(
        f"流程引擎拒绝了请求，需要管理员处理：{broken.message}",
        f"Temporal refused the request; an administrator has to look at it: {broken.message}",
        code="temporal_refused",
    )
