"""The product on real servers in one process: Temporal, a database, the HTTP API and the workers with the real steps.

Only the business systems are in memory.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle

from activities.backtest import Backtester
from activities.calendar import CompanyCalendar
from activities.cards import CardSync
from activities.chat import Chat
from activities.documents import Documents
from activities.effects import Effects
from activities.people import Directory
from activities.releases import Published
from activities.rules import Rules
from activities.tasks import Recorder
from api.dispatch import instance_id
from api.running import Running
from postroad.chat.card import Look
from postroad.connectors.memory import MemoryConnector
from postroad.model.calendar import WorkingCalendar
from postroad.model.people import Organisation
from postroad.model.process import Process
from postroad.model.start import Start
from postroad.store.database import Database
from tests.api.office import Office, button_tokens, new_office
from workers.crew import Crew, hire

_LOOK_AGAIN = 0.02
Json = dict[str, Any]


@dataclass
class Place:
    """A running product, and everybody's way in."""

    office: Office
    systems: Mapping[str, MemoryConnector]
    _tokens: dict[str, dict[str, str]] = field(default_factory=dict)

    async def post(self, path: str, said: Json, *, person: str | None = None) -> httpx.Response:
        """As the person, with a token that is theirs; without one, as an administrator."""
        return await self.office.http.post(path, json=said, headers=await self.headers(person))

    async def seen(self, path: str, person: str) -> Json | None:
        """What the person is shown there; None where it is denied that there is such a thing."""
        reply = await self.office.http.get(path, headers=await self.headers(person))
        return None if reply.status_code == httpx.codes.NOT_FOUND else reply.raise_for_status().json()

    async def get(self, path: str) -> Json:
        reply = await self.office.http.get(path, headers=await self.headers(None))
        told: Json = reply.raise_for_status().json()
        return told

    async def headers(self, person: str | None) -> dict[str, str]:
        name = person or ""
        if name not in self._tokens:
            scopes = ["act"] if person else ["read", "admin"]
            self._tokens[name] = await self.office.token(*scopes, person=person)
        return self._tokens[name]

    async def launch(self, process: Process, fields: Json, *, events_per_run: int = 4_000) -> str:
        """Somebody submits a document named like the process, which is published first; the instance's id."""
        release = await self.office.publish(process)
        bound = process.document
        ref = self.systems[bound.system].put(bound.kind, process.process, "submitted", fields)
        instance = instance_id(process.process, ref, 1)
        start = Start(release=release.id, process=process, document=ref, events_per_run=events_per_run)
        await self.office.parts.running.start(instance, start, ref.id)
        await self.quiet(instance)
        return instance

    async def quiet(self, instance: str) -> None:
        """Returns when everything that follows from what happened has happened; what is left waits for people."""
        handle: WorkflowHandle[Any, Any] = self.office.temporal.get_workflow_handle(instance)
        while not await _is_quiet(handle):  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(_LOOK_AGAIN)


async def _is_quiet(handle: WorkflowHandle[Any, Any]) -> bool:
    described = await handle.describe()
    raw = described.raw_description
    under_way = raw.HasField("pending_workflow_task") or raw.pending_activities or raw.pending_children
    over = described.status not in {WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.CONTINUED_AS_NEW}
    return over or not under_way


@asynccontextmanager
async def open_place(
    database: Database, temporal: Client, organisation: Organisation, systems: Sequence[MemoryConnector]
) -> AsyncIterator[Place]:
    named = {system.system: system for system in systems}
    async with AsyncExitStack() as closing:
        opened = new_office(
            database, temporal, connectors=named, organisation=organisation, running=Running(temporal, patience=30)
        )
        office = await closing.enter_async_context(opened)
        for worker in hire(temporal, _crew(office, named)):
            await closing.enter_async_context(worker)
        yield Place(office, named)


def _crew(office: Office, systems: Mapping[str, MemoryConnector]) -> Crew:
    database, now = office.database, office.parts.now
    cards = CardSync({}, database, button_tokens(), Look(link_base="http://127.0.0.1:8000"), now)
    return Crew(
        rules=Rules(database, WorkingCalendar().zone),
        backtests=Backtester(database, now, WorkingCalendar().zone),
        releases=Published(database, now),
        people=Directory(database, now),
        calendar=CompanyCalendar(WorkingCalendar()),
        tasks=Recorder(database, now, cards),
        documents=Documents(systems),
        effects=Effects(systems, database, now),
        chat=Chat(cards),
        systems=list(systems),
    )
