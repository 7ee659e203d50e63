"""Instances that may have come to a halt, found in the projection alone; why they have is said elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from postroad.model.effect import EffectStatus
from postroad.model.refusals import Unknown
from postroad.model.stuck import Effort, Handler, Standing, WorkflowState
from postroad.model.task import InstanceStatus, Task, TaskKind, TaskState
from postroad.store.absences import AbsenceRow
from postroad.store.clicks import ClickRow
from postroad.store.instances import ENDED, InstanceRow
from postroad.store.ledger import LedgerRow
from postroad.store.people import PersonRow
from postroad.store.tasks import TaskRow
from postroad.store.upsert import table_of

_UNDER_WAY = (EffectStatus.PLANNED, EffectStatus.SENT)
_NOT_OVER = (TaskState.OPEN, TaskState.WAITING)
_HALTED = (InstanceStatus.TROUBLED, InstanceStatus.SUSPENDED)


class Standings:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self,
        now: datetime,
        waiting: datetime,
        effect: datetime,
        press: datetime,
        *,
        within: ColumnElement[bool] | None = None,
        limit: int = 50,
        after: str | None = None,
        instance: str | None = None,
    ) -> list[Standing]:
        """Instances that may not move by themselves, the longest running first; `after` ended the page before.

        What has waited since `waiting`, an effect since `effect`, and a press since `press` has waited too long. With
        `instance` it is about that one alone.

        Raises:
            Unknown: no instance has the id `after`.
        """
        signs = (
            col(InstanceRow.status).in_(_HALTED),
            col(InstanceRow.workflow) != "",
            col(InstanceRow.waits_since) <= waiting,
            _has_task(_is_too_long(waiting)),
            _has_task(_is_nobodys(now)),
            exists().where(*_effort(effect)),
            exists().where(*_press(press)),
        )
        wanted = select(InstanceRow).where(col(InstanceRow.status).not_in(ENDED), or_(*signs))
        if instance is not None:
            wanted = wanted.where(col(InstanceRow.id) == instance)
        if within is not None:
            wanted = wanted.where(within)
        if after is not None:
            wanted = await self._after(wanted, after)
        oldest_first = wanted.order_by(col(InstanceRow.started_at), col(InstanceRow.id)).limit(limit)
        return await self._standings(list(await self._session.scalars(oldest_first)), now, press)

    async def unchecked(self, before: datetime, limit: int) -> list[str]:
        """Unfinished instances that nobody looked at in Temporal since, and that said nothing themselves."""
        wanted = (
            select(col(InstanceRow.id))
            .where(
                col(InstanceRow.status).not_in(ENDED),
                col(InstanceRow.started_at) < before,
                or_(col(InstanceRow.checked_at).is_(None), col(InstanceRow.checked_at) < before),
            )
            .order_by(col(InstanceRow.checked_at), col(InstanceRow.started_at), col(InstanceRow.id))
        )
        return list(await self._session.scalars(wanted.limit(limit)))

    async def checked(self, instance: str, found: WorkflowState, at: datetime) -> None:
        """Note what Temporal says of the workflow of an unfinished instance."""
        table = table_of(InstanceRow)
        unfinished = update(table).where(table.c.id == instance, table.c.status.not_in(ENDED))
        await self._session.execute(unfinished.values(workflow=found, checked_at=at))

    async def _after(self, wanted: Select[InstanceRow], after: str) -> Select[InstanceRow]:
        last = await self._session.get(InstanceRow, after)
        if last is None:
            raise Unknown(
                f"没有实例 {after}，请从第一页重新翻起", f"there is no instance {after}; start at the first page"
            )
        started, id_ = col(InstanceRow.started_at), col(InstanceRow.id)
        return wanted.where(or_(started > last.started_at, and_(started == last.started_at, id_ > last.id)))

    async def _standings(self, rows: Sequence[InstanceRow], now: datetime, press: datetime) -> list[Standing]:
        ids = [row.id for row in rows]
        tasks = await self._tasks(ids)
        handlers = await self._handlers({task.person for some in tasks.values() for task in some}, now)
        efforts = await self._efforts(ids)
        presses = await self._presses(ids, press)
        return [
            Standing(
                instance=row.view,
                tasks=tuple(tasks[row.id]),
                handlers={task.person: handlers[task.person] for task in tasks[row.id] if task.person in handlers},
                efforts=tuple(efforts[row.id]),
                unanswered=presses.get(row.id, (0, None))[0],
                unanswered_since=presses.get(row.id, (0, None))[1],
                workflow=row.workflow,
                checked_at=row.checked_at,
            )
            for row in rows
        ]

    async def _tasks(self, instances: list[str]) -> dict[str, list[Task]]:
        found: dict[str, list[Task]] = defaultdict(list)
        wanted = select(TaskRow).where(col(TaskRow.instance).in_(instances), col(TaskRow.state).in_(_NOT_OVER))
        for row in await self._session.scalars(wanted.order_by(col(TaskRow.opened_at), col(TaskRow.id))):
            found[row.instance].append(row.task)
        return found

    async def _handlers(self, people: Iterable[str], now: datetime) -> dict[str, Handler]:
        persons = list(people)
        away = {
            row.principal: row.ends_at for row in await self._session.scalars(_away(now)) if row.principal in persons
        }
        rows = await self._session.scalars(select(PersonRow).where(col(PersonRow.id).in_(persons)))
        return {row.id: Handler(name=row.name, is_active=row.active, away_until=away.get(row.id)) for row in rows}

    async def _efforts(self, instances: list[str]) -> dict[str, list[Effort]]:
        found: dict[str, list[Effort]] = defaultdict(list)
        wanted = select(LedgerRow).where(col(LedgerRow.instance).in_(instances), col(LedgerRow.status).in_(_UNDER_WAY))
        for row in await self._session.scalars(wanted.order_by(col(LedgerRow.planned_at), col(LedgerRow.key))):
            found[row.instance].append(
                Effort(
                    key=row.key,
                    connector=row.connector,
                    action=row.action,
                    attempts=row.attempts,
                    since=row.planned_at,
                )
            )
        return found

    async def _presses(self, instances: list[str], press: datetime) -> dict[str, tuple[int, datetime]]:
        found: dict[str, tuple[int, datetime]] = {}
        wanted = (
            select(col(InstanceRow.id), func.count(), func.min(col(ClickRow.received_at)))
            .where(col(InstanceRow.id).in_(instances), *_press(press))
            .group_by(col(InstanceRow.id))
        )
        for instance, many, first in await self._session.execute(wanted):
            found[instance] = (many, first)
        return found


def _has_task(condition: Any) -> Any:
    open_tasks = (
        col(TaskRow.instance) == col(InstanceRow.id),
        col(TaskRow.state).in_(_NOT_OVER),
        col(TaskRow.kind) != TaskKind.CC,
    )
    return exists().where(*open_tasks, condition)


def _is_too_long(since: datetime) -> Any:
    return and_(col(TaskRow.opened_at) <= since, col(TaskRow.state) == TaskState.OPEN)


def _is_nobodys(now: datetime) -> Any:
    """Whether the person of a task has left, or is away with nobody to act."""
    there = exists().where(col(PersonRow.id) == col(TaskRow.person), col(PersonRow.active).is_(True))
    away = _away(now).with_only_columns(col(AbsenceRow.principal))
    return or_(~there, col(TaskRow.person).in_(away))


def _away(now: datetime) -> Select[AbsenceRow]:
    """Absences of this moment whose agent has left as well."""
    agent = exists().where(col(PersonRow.id) == col(AbsenceRow.agent), col(PersonRow.active).is_(True))
    return select(AbsenceRow).where(
        col(AbsenceRow.cancelled_at).is_(None),
        col(AbsenceRow.starts_at) <= now,
        col(AbsenceRow.ends_at) > now,
        ~agent,
    )


def _effort(since: datetime) -> tuple[Any, ...]:
    return (
        col(LedgerRow.instance) == col(InstanceRow.id),
        col(LedgerRow.status).in_(_UNDER_WAY),
        col(LedgerRow.planned_at) <= since,
    )


def _press(since: datetime) -> tuple[Any, ...]:
    """Presses without outcome on a task of the instance, or on the instance itself."""
    its_tasks = select(col(TaskRow.id)).where(col(TaskRow.instance) == col(InstanceRow.id))
    return (
        col(ClickRow.answered_at).is_(None),
        col(ClickRow.received_at) <= since,
        or_(col(ClickRow.task) == col(InstanceRow.id), col(ClickRow.task).in_(its_tasks)),
    )
