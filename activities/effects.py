"""The write-back: one action in another system, taken at most once, and believed only when read back."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from activities.documents import unknown_system
from activities.pause import pause
from postroad.connectors.base import Connector, Goal, Sighting
from postroad.connectors.errors import AuthExpired, BusinessConflict, ConnectorFailure, NotFound, Rejected, Retryable
from postroad.connectors.judge import Standing, judge
from postroad.model.document import DocumentRef
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.store.database import Database
from postroad.store.ledger import Ledger, LedgerMismatch
from workflows.steps import EffectSteps

UNDO = ":undo"
_POLL_SECONDS = 0.3
_TRIED_AGAIN = frozenset({EffectStatus.CONFLICT, EffectStatus.REJECTED})
"""What was not done may have become possible: somebody who retries it has mended what was in its way."""

_REFUSED = (BusinessConflict, Rejected, NotFound)


class Effects(EffectSteps):
    """Every attempt, the first or the hundredth, looks before it acts; a doubt is raised and the next attempt looks.

    `clock` gives aware UTC.
    """

    def __init__(self, connectors: Mapping[str, Connector], database: Database, clock: Callable[[], datetime]) -> None:
        self._connectors, self._database, self._clock = connectors, database, clock

    @activity.defn(name="effects.act")
    async def act(self, intent: Intent) -> EffectResult:
        with beating():
            try:
                return await self._once(intent)
            except Retryable as doubt:
                later = pause(doubt.retry_after)
                raise ApplicationError(str(doubt), type="Retryable", next_retry_delay=later) from doubt
            except LedgerMismatch as mismatch:
                return EffectResult(status=EffectStatus.REJECTED, message=str(mismatch))

    async def _once(self, intent: Intent) -> EffectResult:
        async with self._database.begin() as session:
            row = await Ledger(session).plan(intent, self._clock())
        if row.outcome is not None and row.outcome.status not in _TRIED_AGAIN:
            return row.outcome.model_copy(update={"replayed": True})
        result = await self._carried_out(intent)
        async with self._database.begin() as session:
            ledger = Ledger(session)
            await ledger.finish(intent.key, result, self._clock())
            if intent.key.endswith(UNDO) and result.status is EffectStatus.CONFIRMED:
                await self._compensate(ledger, intent.key.removesuffix(UNDO))
        return result

    async def _compensate(self, ledger: Ledger, key: str) -> None:
        """Note on the effect that it was undone."""
        row = await ledger.find(key)
        if row is not None and row.outcome is not None and row.outcome.status is EffectStatus.CONFIRMED:
            undone = row.outcome.model_copy(update={"status": EffectStatus.COMPENSATED})
            await ledger.finish(key, undone, self._clock())

    async def _carried_out(self, intent: Intent) -> EffectResult:
        connector = self._connectors.get(intent.connector)
        try:
            if connector is None:
                raise unknown_system(intent.connector)
            return await (_Creation if intent.action == "create" else _Transition)(self, connector, intent).run()
        except AuthExpired as expired:
            if connector is not None and await connector.renew():
                raise Retryable(expired.zh, expired.en) from expired
            return _refused(expired)
        except _REFUSED as refused:
            return _refused(refused)

    async def sending(self, intent: Intent) -> None:
        async with self._database.begin() as session:
            await Ledger(session).sent(intent.key, self._clock())

    async def ours(self, intent: Intent, sighting: Sighting) -> bool:
        """Whether the last mark on a document is this same action of the same instance, done under an earlier key."""
        last = sighting.marks[-1] if sighting.marks else None
        if last is None:
            return False
        async with self._database.read() as session:
            row = await Ledger(session).find(last)
        return row is not None and (row.instance, row.action) == (intent.instance, intent.action)


class _Transition:
    """An action that brings an existing document into another state."""

    def __init__(self, effects: Effects, connector: Connector, intent: Intent) -> None:
        self._effects, self._connector, self._intent = effects, connector, intent
        self._is_undo = intent.key.endswith(UNDO)
        self._owner_matters = not (self._is_undo or intent.by_anyone)

    async def run(self) -> EffectResult:
        ref = await self._target()
        if ref is None:
            return EffectResult(
                status=EffectStatus.CONFIRMED, replayed=True, message="无可撤销 / there is nothing to undo"
            )
        goal = self._connector.goal(ref.kind, self._intent.action)
        sighting = await self._connector.observe(ref)
        standing = await self._standing(goal, sighting)
        if standing is Standing.DONE:
            return _confirmed(sighting, replayed=True)
        if standing is not Standing.OPEN:
            return _conflict(sighting, standing)
        return await self._attempt(ref, goal)

    async def _target(self) -> DocumentRef | None:
        """The document named, or what the effect that is being undone created."""
        intent = self._intent
        if intent.document is not None:
            return intent.document
        if not self._is_undo:
            raise Rejected(
                f"动作 {intent.action} 没有指明单据；在 {intent.connector} 中新建请用 action: create",
                f"The action {intent.action} names no document; to create one in {intent.connector} use action: create",
            )
        made = await self._connector.find(intent.entity, intent.key.removesuffix(UNDO))
        return made.document.ref if made else None

    async def _standing(self, goal: Goal, sighting: Sighting) -> Standing:
        standing = judge(goal, sighting, self._intent.key, owner_matters=self._owner_matters)
        if standing is Standing.FOREIGN and await self._effects.ours(self._intent, sighting):
            return Standing.DONE
        return standing

    async def _attempt(self, ref: DocumentRef, goal: Goal) -> EffectResult:
        intent = self._intent
        await self._effects.sending(intent)
        try:
            await self._connector.act(ref, intent.action, intent.args, key=intent.key, actor=intent.actor)
        except _REFUSED as refused:
            # another attempt of ours may have been faster
            sighting = await self._connector.observe(ref)
            if await self._standing(goal, sighting) is Standing.DONE:
                return _confirmed(sighting, replayed=True)
            return _refused(refused, sighting)
        return await self._verified(ref, goal)

    async def _verified(self, ref: DocumentRef, goal: Goal) -> EffectResult:
        """Read the document back until it shows the action, for as long as the system may take."""
        clock = asyncio.get_running_loop().time
        patience = clock() + goal.settle.total_seconds()
        while True:
            sighting = await self._connector.observe(ref)
            standing = await self._standing(goal, sighting)
            if standing is Standing.DONE:
                return _confirmed(sighting)
            if clock() >= patience:
                break
            await asyncio.sleep(_POLL_SECONDS)
        if standing is Standing.OPEN:
            raise Retryable(
                f"{ref} 接受了 {self._intent.action} 但状态仍为 {sighting.document.state}，稍后复核",
                f"{ref} took {self._intent.action} but still is {sighting.document.state}; looking again later",
            )
        return _conflict(sighting, standing)


class _Creation:
    """A new thing in another system, with our key as its external id there."""

    def __init__(self, effects: Effects, connector: Connector, intent: Intent) -> None:
        self._effects, self._connector, self._intent = effects, connector, intent

    async def run(self) -> EffectResult:
        made = await self._find()
        if made is not None:
            return _confirmed(made, replayed=True)
        await self._effects.sending(self._intent)
        return await self._attempt()

    async def _attempt(self) -> EffectResult:
        intent = self._intent
        try:
            await self._connector.create(intent.entity, intent.key, intent.args, key=intent.key, actor=intent.actor)
        except _REFUSED as refused:
            made = await self._find()
            return _confirmed(made, replayed=True) if made else _refused(refused)
        made = await self._find()
        if made is None:
            raise Retryable(
                f"{intent.connector} 接受了新建但尚查不到 {intent.key}，稍后复核",
                f"{intent.connector} took the creation but does not show {intent.key} yet; looking again later",
            )
        return _confirmed(made)

    async def _find(self) -> Sighting | None:
        return await self._connector.find(self._intent.entity, self._intent.key)


def _confirmed(sighting: Sighting, *, replayed: bool = False) -> EffectResult:
    document = sighting.document
    return EffectResult(
        status=EffectStatus.CONFIRMED,
        replayed=replayed,
        ref=document.ref.id,
        version=document.version,
        state=document.state,
    )


def _conflict(sighting: Sighting, standing: Standing) -> EffectResult:
    document = sighting.document
    zh, en = _WHY[standing]
    return EffectResult(
        status=EffectStatus.CONFLICT,
        ref=document.ref.id,
        version=document.version,
        state=document.state,
        message=f"{document.ref} 当前状态为 {document.state}，{zh} / {document.ref} is {document.state}: {en}",
    )


def _refused(refused: ConnectorFailure, sighting: Sighting | None = None) -> EffectResult:
    is_conflict = isinstance(refused, BusinessConflict)
    document = sighting.document if sighting else None
    return EffectResult(
        status=EffectStatus.CONFLICT if is_conflict else EffectStatus.REJECTED,
        ref=document.ref.id if document else None,
        version=document.version if document else None,
        state=document.state if document else None,
        message=str(refused),
    )


_WHY = {
    Standing.FOREIGN: (
        "但不是由本流程操作的；请在系统中核实后重试或跳过",
        "this was done by somebody else; check it there, then retry or skip",
    ),
    Standing.OVERTAKEN: (
        "本流程已执行过，之后又被人改动；请在系统中核实后重试或跳过",
        "we had done it and somebody changed it since; check it there, then retry or skip",
    ),
    Standing.ILLEGAL: (
        "不能执行此操作；请在系统中处理后重试或跳过",
        "the action is not possible in this state; settle it there, then retry or skip",
    ),
}
