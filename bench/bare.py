"""The smallest honest purchase approval written by hand for Temporal: what the product is measured against.

No ledger, no audit, no hash chain, no organisation, no definitions: only the steps themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import aiosqlite
import httpx
from temporalio import activity, workflow

QUEUE = "bare"
LOCAL = timedelta(seconds=4)
REMOTE = timedelta(seconds=30)
TABLES = """
CREATE TABLE IF NOT EXISTS tasks (id TEXT PRIMARY KEY, person TEXT, title TEXT, state TEXT, action TEXT);
CREATE INDEX IF NOT EXISTS tasks_of ON tasks (person, state);
CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY, task TEXT, person TEXT, action TEXT);
"""


@dataclass
class Requisition:
    number: str
    title: str
    amount: str
    material: str
    category: str


@dataclass
class Task:
    id: str
    person: str
    title: str
    action: str = ""


@dataclass
class Decision:
    task: str
    person: str
    action: str


@dataclass
class WriteBack:
    number: str
    action: str
    person: str


@dataclass(frozen=True)
class Outside:
    """Where the ERP and the chat platform are, and what they ask for."""

    sandbox: str
    erp_token: str
    app_key: str
    app_secret: str
    template: str
    route_key: str

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Outside":
        return cls(
            sandbox=environ["SANDBOX_URL"],
            erp_token=environ["SANDBOX_ERP_TOKEN"],
            app_key=environ["POSTROAD_DINGTALK_APP_KEY"],
            app_secret=environ["POSTROAD_DINGTALK_APP_SECRET"],
            template=environ["POSTROAD_DINGTALK_TEMPLATE_ID"],
            route_key=environ["POSTROAD_DINGTALK_ROUTE_KEY"],
        )


class Steps:
    """Every step that leaves the workflow."""

    def __init__(self, database: aiosqlite.Connection, http: httpx.AsyncClient, outside: Outside) -> None:
        self._database, self._http, self._outside = database, http, outside
        self._erp = f"{outside.sandbox}/erp/api/purchase_requisitions"
        self._bearer = {"Authorization": f"Bearer {outside.erp_token}"}
        self._token = ""

    @activity.defn
    async def read(self, number: str) -> Requisition:
        reply = await self._http.get(f"{self._erp}/{number}", headers=self._bearer)
        found = reply.raise_for_status().json()
        return Requisition(**{name: found[name] for name in Requisition.__dataclass_fields__})

    @activity.defn
    async def choose(self, requisition: Requisition) -> str:
        amount = Decimal(requisition.amount)
        if amount < 5000:
            return "zhang"
        if requisition.material == "production" and amount <= 50000:
            return "chen"
        return "wang" if amount > 100000 else "qian"

    @activity.defn
    async def open_task(self, task: Task) -> None:
        await self._database.execute(
            "INSERT OR IGNORE INTO tasks VALUES (?, ?, ?, 'open', NULL)", (task.id, task.person, task.title)
        )
        await self._database.commit()

    @activity.defn
    async def send_card(self, task: Task) -> None:
        buttons = {
            "button1": '{"label":"同意","action":"approve","style":"primary"}',
            "button2": '{"label":"驳回","action":"reject","style":"danger"}',
        }
        body: dict[str, object] = {
            "cardTemplateId": self._outside.template,
            "outTrackId": task.id,
            "callbackType": "HTTP",
            "callbackRouteKey": self._outside.route_key,
            "cardData": {"cardParamMap": {"title": task.title, "status": "", "status_kind": "open", **buttons}},
            "openSpaceId": f"dtv1.card//IM_ROBOT.{task.person}",
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": self._outside.app_key},
        }
        await self._call("POST", "/v1.0/card/instances/createAndDeliver", body)

    @activity.defn
    async def write_back(self, order: WriteBack) -> str:
        path = f"{self._erp}/{order.number}"
        said = {"key": order.number, "by": order.person, "note": ""}
        (await self._http.post(f"{path}/{order.action}", json=said, headers=self._bearer)).raise_for_status()
        return str((await self._http.get(path, headers=self._bearer)).raise_for_status().json()["state"])

    @activity.defn
    async def close_task(self, task: Task) -> None:
        await self._database.execute("UPDATE tasks SET state = 'done', action = ? WHERE id = ?", (task.action, task.id))
        await self._database.commit()

    @activity.defn
    async def update_card(self, task: Task) -> None:
        shown = {"status": task.action, "status_kind": "agreed", "button1": "", "button2": ""}
        body: dict[str, object] = {
            "outTrackId": task.id,
            "cardData": {"cardParamMap": shown},
            "cardUpdateOptions": {"updateCardDataByKey": True},
        }
        await self._call("PUT", "/v1.0/card/instances", body)

    async def _call(self, method: str, path: str, body: dict[str, object]) -> None:
        headers = {"x-acs-dingtalk-access-token": await self._access_token()}
        reply = await self._http.request(method, f"{self._outside.sandbox}/dingtalk{path}", json=body, headers=headers)
        reply.raise_for_status()

    async def _access_token(self) -> str:
        if not self._token:
            said = {"appKey": self._outside.app_key, "appSecret": self._outside.app_secret}
            reply = await self._http.post(f"{self._outside.sandbox}/dingtalk/v1.0/oauth2/accessToken", json=said)
            self._token = str(reply.raise_for_status().json()["accessToken"])
        return self._token


@workflow.defn
class BareApproval:
    def __init__(self) -> None:
        self._decision: Decision | None = None

    @workflow.run
    async def run(self, number: str) -> str:
        requisition = await workflow.execute_activity_method(Steps.read, number, start_to_close_timeout=REMOTE)
        person = await workflow.execute_local_activity_method(Steps.choose, requisition, start_to_close_timeout=LOCAL)
        task = Task(workflow.info().workflow_id, person, f"采购审批 {number}")
        await workflow.execute_local_activity_method(Steps.open_task, task, start_to_close_timeout=LOCAL)
        await workflow.execute_activity_method(Steps.send_card, task, start_to_close_timeout=REMOTE)
        await workflow.wait_condition(lambda: self._decision is not None)
        task.action = self._decision.action if self._decision else ""
        order = WriteBack(number, task.action, person)
        state = await workflow.execute_activity_method(Steps.write_back, order, start_to_close_timeout=REMOTE)
        await workflow.execute_local_activity_method(Steps.close_task, task, start_to_close_timeout=LOCAL)
        await workflow.execute_activity_method(Steps.update_card, task, start_to_close_timeout=REMOTE)
        return state

    @workflow.update
    def decide(self, decision: Decision) -> str:
        self._decision = self._decision or decision
        return self._decision.action


async def open_database(path: str) -> aiosqlite.Connection:
    """A connection with the same pragmas as the product's; whoever opens it closes it."""
    database = await aiosqlite.connect(path)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        await database.execute(f"PRAGMA {pragma}")
    await database.executescript(TABLES)
    return database
