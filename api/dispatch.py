"""From the inbox of ERP events to instances: tell the running one, start a new one, or leave it."""

import asyncio
from datetime import datetime

import structlog

from api.clock import Clock
from api.metrics import Metrics
from api.running import InstanceClosed, Running
from postroad.model.document import DocumentRef
from postroad.model.refusals import Unavailable
from postroad.model.start import Start
from postroad.store.database import Database
from postroad.store.events import ErpEvents, EventRow
from postroad.store.instances import Instances
from postroad.store.ledger import Ledger
from postroad.store.process_versions import ProcessVersions, in_use
from postroad.store.releases import Release, Releases
from postroad.store.releasing import release_due
from postroad.store.rule_versions import RuleVersions

log = structlog.get_logger("api")
AT_ONCE = 100
SIDE_BY_SIDE = 8


def instance_id(process: str, document: DocumentRef, round_: int) -> str:
    """One instance per process, document and round of submission: the same event names the same instance."""
    return f"{process}:{document.system}:{document.id}:{round_}"


class Dispatcher:
    """Works the waiting events off: documents side by side, the events of one document in order."""

    def __init__(self, database: Database, running: Running, now: Clock, metrics: Metrics) -> None:
        self._database, self._running, self._now, self._metrics = database, running, now, metrics
        self._few = asyncio.Semaphore(SIDE_BY_SIDE)

    async def work_off(self) -> bool:
        """Everything that is due; False when Temporal did not answer, and the rest is better left for later."""
        began = self._now()
        await self._release_due(began)
        while True:
            # only the first waiting event of each document is given, so side by side never means out of order
            async with self._database.read() as session:
                rows = await ErpEvents(session).waiting(AT_ONCE, at=began)
            if not rows:
                return True
            settled = await asyncio.gather(*(self._settle(row) for row in rows))
            if not all(settled):
                return False

    async def _release_due(self, at: datetime) -> None:
        async with self._database.read() as session:
            is_due = await ProcessVersions(session).due(at)
        if is_due:
            async with self._database.begin() as session:
                released = await release_due(session, at)
            log.info("process.released", releases=[one.id for one in released])

    async def _settle(self, row: EventRow) -> bool:
        async with self._few:
            try:
                result = await self._deliver(row)
            except Unavailable as away:
                await self._leave(row, str(away))
                return away.code == "temporal_refused"
            except Exception as broken:
                # one bad event must not hold up those of other documents; it stays, with its error, and is tried again
                log.exception("event.failed", system=row.system, event_id=row.event_id, document=row.document_id)
                await self._leave(row, f"{type(broken).__name__}: {broken}")
                return True
        await self._done(row, result)
        return True

    async def _done(self, row: EventRow, result: str) -> None:
        async with self._database.begin() as session:
            await ErpEvents(session).done(_number(row), result, self._now())
        self._metrics.events.labels(system=row.system, result=result).inc()
        log.info("event.dispatched", system=row.system, event_id=row.event_id, document=row.document_id, result=result)

    async def _leave(self, row: EventRow, why: str) -> None:
        async with self._database.begin() as session:
            await ErpEvents(session).failed(_number(row), why, self._now())

    async def _deliver(self, row: EventRow) -> str:
        async with self._database.read() as session:
            if await Ledger(session).caused(row.document, row.version):
                return "echo"
            open_ids = await Instances(session).open_for(row.document)
            releases = await in_use(session, await Releases(session).all_latest(), self._now())
        told = [instance for instance in open_ids if await self._tell(instance, row)]
        due = [release for release in releases if not _is_told(release, told) and _starts_on(release, row)]
        started = [await self.start(release, row.document, await self._round(release, row)) for release in due]
        return _result(told, started, was_open=bool(open_ids))

    async def _round(self, release: Release, row: EventRow) -> int:
        """Where the system does not count them: a new one whenever the one before came to nothing."""
        if row.round:
            return row.round
        async with self._database.read() as session:
            return 1 + await Instances(session).came_to_nothing(release.process_key, row.document)

    async def _tell(self, instance: str, row: EventRow) -> bool:
        try:
            await self._running.tell(instance, row.news)
        except InstanceClosed:
            return False
        return True

    async def start(self, release: Release, document: DocumentRef, round_: int) -> bool:
        """Starts an instance on its release's own snapshot; False when this round was started before.

        Of its rule tables it takes the versions that are in force now, and keeps them.
        """
        process = release.process
        instance = instance_id(process.process, document, round_)
        async with self._database.read() as session:
            tables = await RuleVersions(session).pinned(release.tables, self._now())
        start = Start(release=release.id, process=process, document=document, tables=tables)
        is_new = await self._running.start(instance, start, document.id)
        async with self._database.begin() as session:
            await Instances(session).stub(
                instance, process.process, release.id, process.title, document, document.id, "", self._now()
            )
        return is_new


def _number(row: EventRow) -> int:
    if row.id is None:
        raise ValueError(f"event {row.event_id} has not been stored yet")
    return row.id


def _is_told(release: Release, told: list[str]) -> bool:
    return any(instance.startswith(f"{release.process_key}:") for instance in told)


def _starts_on(release: Release, row: EventRow) -> bool:
    bound = release.process.document
    return (bound.system, bound.kind, bound.starts_on) == (row.system, row.kind, row.mode)


def _result(told: list[str], started: list[bool], *, was_open: bool) -> str:
    if any(started):
        return "started"
    if told:
        return "told"
    if started:
        return "duplicate"
    return "late" if was_open else "ignored"
