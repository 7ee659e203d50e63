"""The whole API in one process: real database, real Temporal, real DingTalk adapter; only the network is short."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from pydantic import SecretStr
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

from api.app import create_app
from api.parts import Channel, Parts
from api.passwords import Passwords
from api.running import Running
from postroad.chat.base import ChatPort
from postroad.chat.card import Look
from postroad.chat.dingtalk import DingTalk, DingTalkApp
from postroad.chat.token import ButtonTokens
from postroad.connectors.base import Connector
from postroad.model.decision import Action
from postroad.model.document import DocumentRef
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.process import Process
from postroad.model.task import InstanceStatus, InstanceView, Task, TaskKind, TaskState
from postroad.store.database import Database
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.releases import Release, Releases
from postroad.store.tasks import Tasks
from postroad.store.tokens import Tokens
from tests.api.desk import Desk

CALLBACK_SECRET = "callback-secret"
PATH_SECRET = "path-secret"
CORP = "dingcorp"
FORM = "f" * 16
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

ORGANISATION = Organisation.model_validate(
    {
        "people": [
            {"id": "li", "name": "李四", "accounts": {"dingtalk": "ding-li"}},
            {"id": "chen", "name": "陈静", "accounts": {"dingtalk": "ding-chen"}},
            {"id": "wang", "name": "王强", "accounts": {"dingtalk": "ding-wang"}},
            {"id": "gone", "name": "离职", "active": False},
        ]
    }
)

PURCHASE = Process.model_validate(
    {
        "process": "purchase-approval",
        "title": {"zh": "采购审批", "en": "Purchase approval"},
        "document": {"system": "erp", "kind": "purchase_requisition", "starts_on": "submitted"},
        "owner": {"person": "wang"},
        "steps": [{"approval": "approve", "title": "采购审批", "who": {"person": "chen"}}],
    }
)


def button_tokens() -> ButtonTokens:
    return ButtonTokens({"k1": b"button key"}, "k1")


def dingtalk_app(base_url: str = "http://127.0.0.1:1") -> DingTalkApp:
    return DingTalkApp(
        base_url=base_url,
        app_key="dingsandbox",
        app_secret=SecretStr("sandbox-app-secret"),
        callback_secret=SecretStr(CALLBACK_SECRET),
        corp_id=CORP,
    )


def channel(port: ChatPort, public_url: str) -> Channel:
    return Channel(port, button_tokens(), Look(link_base=public_url), PATH_SECRET, public_url)


async def nowhere() -> Running:
    """A Temporal that is not there."""
    return Running(await Client.connect("127.0.0.1:1", lazy=True, data_converter=pydantic_data_converter))


@dataclass(frozen=True)
class Office:
    parts: Parts
    app: FastAPI
    http: httpx.AsyncClient
    temporal: Client
    queue: str
    clock: "Moving"
    buttons_last_until: datetime

    @property
    def database(self) -> Database:
        return self.parts.database

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Somebody works on the queue: the test's small process answers."""
        async with Worker(self.temporal, task_queue=self.queue, workflows=[Desk]):
            yield

    async def instance(self, document: str = "PR-1", *, initiator: str = "li") -> InstanceView:
        """An instance that runs in Temporal and is known to the database."""
        view = instance_view(f"purchase-approval:erp:{secrets.token_hex(4)}:1", document, initiator)
        await self.temporal.start_workflow("purchase-approval", id=view.id, task_queue=self.queue)
        async with self.database.begin() as session:
            await Instances(session).put(view)
        return view

    async def task(self, view: InstanceView, person: str = "chen", **more: Any) -> Task:
        """An open approval of that person in the database."""
        task = approval(view, person, **more)
        async with self.database.begin() as session:
            await Tasks(session).put(task)
        return task

    async def token(self, *scopes: str, person: str | None = None) -> dict[str, str]:
        """The headers of a caller with a new token."""
        async with self.database.begin() as session:
            secret = await Tokens(session).issue("test", scopes, person, self.parts.now())
        return {"Authorization": f"Bearer {secret}"}

    async def publish(self, process: Process = PURCHASE) -> Release:
        async with self.database.begin() as session:
            return await Releases(session).publish(process, [], self.parts.now())

    def ahead(self, **by: float) -> None:
        """Sets the API's clock forward."""
        self.clock.ahead += timedelta(**by)

    async def asks(self, instance: str, question: str) -> list[str]:
        handle: WorkflowHandle[Any, Any] = self.temporal.get_workflow_handle(instance)
        answer: list[str] = await handle.query(question)
        return answer

    def button(self, task: Task, action: Action = Action.APPROVE, *, person: str | None = None) -> str:
        """A button of the one card that the person has of the task."""
        until = self.buttons_last_until
        return button_tokens().issue(task.id, person or task.person, action, task.form_hash, until)

    async def press(
        self,
        task: Task,
        action: Action = Action.APPROVE,
        *,
        by: str | None = None,
        opinion: str = "",
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """A press as DingTalk posts it."""
        raw = press_body(by or f"ding-{task.person}", action, token or self.button(task, action), opinion)
        signed = headers or signed_headers(self.parts.now())
        return await self.http.post(f"/callbacks/dingtalk/{PATH_SECRET}", content=raw, headers=signed)


def shown(response: httpx.Response) -> dict[str, str]:
    """The variables that an answer puts on the card."""
    assert response.status_code == 200, response.text
    params: dict[str, str] = response.json()["cardData"]["cardParamMap"]
    return params


def press_body(account: str, action: str, token: str, opinion: str = "") -> bytes:
    params = {"action": action, "token": token, "opinion": opinion}
    content = json.dumps({"cardPrivateData": {"actionIds": [action], "params": params}})
    said = {"type": "actionCallback", "outTrackId": "card-1", "corpId": CORP, "userId": account, "content": content}
    return json.dumps(said).encode()


def signed_headers(now: datetime, secret: str = CALLBACK_SECRET) -> dict[str, str]:
    stamp = str(int(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), stamp.encode(), hashlib.sha256).digest()
    return {"x-ddpaas-signature-timestamp": stamp, "x-ddpaas-signature": base64.b64encode(digest).decode()}


def instance_view(instance: str, document: str, initiator: str) -> InstanceView:
    return InstanceView(
        id=instance,
        process="purchase-approval",
        release="purchase-approval@1",
        title=Label(zh="采购审批", en="Purchase approval"),
        document=DocumentRef(system="erp", kind="purchase_requisition", id=document),
        number=document,
        initiator=initiator,
        status=InstanceStatus.RUNNING,
        revision=1,
        form_hash=FORM,
        started_at=datetime.now(UTC),
    )


def approval(view: InstanceView, person: str, **more: Any) -> Task:
    said: dict[str, Any] = {
        "id": f"{view.id}/approve/1/{person}",
        "instance": view.id,
        "node": "approve",
        "epoch": 1,
        "kind": TaskKind.APPROVAL,
        "title": Label(zh="采购审批", en="Purchase approval"),
        "person": person,
        "state": TaskState.OPEN,
        "revision": 1,
        "form_hash": view.form_hash,
        "opened_at": datetime.now(UTC),
        "actions": (Action.APPROVE, Action.REJECT, Action.TRANSFER),
        "opinion_needed": True,
    }
    return Task.model_validate(said | more)


class Moving:
    """A clock that tests set forward; otherwise it goes by itself."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@asynccontextmanager
async def new_office(
    database: Database,
    temporal: Client,
    *,
    connectors: Mapping[str, Connector],
    organisation: Organisation = ORGANISATION,
    running: Running | None = None,
    chat: ChatPort | None = None,
    public_url: str = "http://127.0.0.1:8000",
) -> AsyncIterator[Office]:
    async with database.begin() as session:
        await People(session).load(organisation)
    clock = Moving()
    queue = f"test-{secrets.token_hex(4)}"
    async with httpx.AsyncClient() as outward:
        parts = Parts(
            database=database,
            running=running or Running(temporal, queue),
            connectors=connectors,
            channels={"dingtalk": channel(chat or DingTalk(dingtalk_app(), outward), public_url)},
            now=clock,
            passwords=Passwords(QUICK),
        )
        app = create_app(parts)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://postroad") as http:
            try:
                yield Office(parts, app, http, temporal, queue, clock, clock() + timedelta(days=1))
            finally:
                await parts.stop()
