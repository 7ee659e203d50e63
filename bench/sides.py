"""How an instance of either side is started, decided and awaited, by the same driver."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

import aiosqlite
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter

from api.journey import Origin
from api.parts import Parts
from api.running import Running
from bench import bare
from bench.standins import APPROVER
from postroad.model.decision import Action, Click, Verdict, click_id
from postroad.model.document import DocumentRef
from postroad.store.database import Database
from postroad.store.releases import Release, Releases
from postroad.store.tasks import Tasks

PROCESS = "purchase-approval"


class Side(Protocol):
    """One of the two that are compared."""

    name: str

    async def start(self, number: str) -> str:
        """Starts the instance of a document; its id."""

    async def press(self, instance: str) -> None:
        """The approver's decision: kept in the inbox, then given to the instance as an Update."""

    def handle(self, instance: str) -> WorkflowHandle[object, object]: ...


class Product:
    """The product as its API works: the dispatcher's start, the journey of a click."""

    name = "product"

    def __init__(self, client: Client, database: Database, release: Release) -> None:
        self._client, self._database, self._release = client, database, release
        parts = Parts(database=database, running=Running(client), connectors={}, channels={})
        self._dispatcher, self._journey = parts.dispatcher, parts.journey
        self.unanswered = 0

    async def start(self, number: str) -> str:
        document = DocumentRef(system="erp", kind="purchase_requisition", id=number)
        if not await self._dispatcher.start(self._release, document, 1):
            raise RuntimeError(f"{number} was started before")
        return f"{PROCESS}:erp:{number}:1"

    async def press(self, instance: str) -> None:
        async with self._database.read() as session:
            task = next(task for task in await Tasks(session).of_instance(instance) if task.person == APPROVER)
        click = Click(
            id=click_id(task.id, APPROVER, Action.APPROVE, task.form_hash),
            task=task.id,
            actor=APPROVER,
            action=Action.APPROVE,
            form_hash=task.form_hash,
            channel="dingtalk",
            at=datetime.now(UTC),
        )
        pressed = await self._journey.press(click, instance, Origin("dingtalk", click.id))
        if pressed.answer is None:
            self.unanswered += 1  # it was too slow, and comes by Signal
        elif pressed.answer.verdict is not Verdict.ACCEPTED:
            raise RuntimeError(f"{instance}: {pressed.answer}")

    def handle(self, instance: str) -> WorkflowHandle[object, object]:
        return self._client.get_workflow_handle(instance)


class Bare:
    """The hand-written workflow with the least that keeps a press from being lost."""

    name = "bare"

    def __init__(self, client: Client, database: aiosqlite.Connection) -> None:
        self._client, self._database = client, database

    async def start(self, number: str) -> str:
        started = await self._client.start_workflow(
            bare.BareApproval.run, number, id=f"bare:{number}", task_queue=bare.QUEUE
        )
        return started.id

    async def press(self, instance: str) -> None:
        decision = bare.Decision(instance, APPROVER, "approve")
        await self._database.execute(
            "INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, ?)",
            (f"{instance}/approve", decision.task, decision.person, decision.action),
        )
        await self._database.commit()
        handle = self._client.get_workflow_handle_for(bare.BareApproval.run, instance)
        await handle.execute_update(bare.BareApproval.decide, decision, id=f"{instance}/approve")

    def handle(self, instance: str) -> WorkflowHandle[object, object]:
        return self._client.get_workflow_handle(instance)


@asynccontextmanager
async def both(address: str, product_database: str, bare_database: str) -> AsyncIterator[tuple[Side, Side]]:
    """The product and the bare one, each with a connection of its own to the same server."""
    database, bare_one = Database(product_database), await bare.open_database(bare_database)
    try:
        async with database.read() as session:
            release = await Releases(session).latest(PROCESS)
        if release is None:
            raise RuntimeError(f"{PROCESS} is not published")
        client = await Client.connect(address, data_converter=pydantic_data_converter)
        yield Product(client, database, release), Bare(await Client.connect(address), bare_one)
    finally:
        await bare_one.close()
        await database.close()
