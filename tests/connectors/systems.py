"""Business systems for tests: the sandbox over HTTP and the one in memory, behind the same few words."""

import hashlib
import hmac
import json
from abc import ABC, abstractmethod
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from postroad.connectors.base import Connector, Goal
from postroad.connectors.memory import MemoryConnector
from postroad.model.document import DocumentRef

CONNECTORS_FILE = Path(__file__).parents[2] / "processes" / "connectors.yaml"
REQUISITION = "purchase_requisition"
DRAFT = {"title": "钢板", "applicant": "li", "amount": "28000.00", "material": "production", "category": "steel"}


class System(ABC):
    """A purchasing system and what its own people do in it."""

    connector: Connector
    project_connector: Connector
    events_secret: str

    @abstractmethod
    async def submitted(self) -> DocumentRef:
        """Somebody submits a requisition over 28,000.00 CNY."""

    @abstractmethod
    async def by_hand(self, ref: DocumentRef, action: str) -> None:
        """Somebody acts in the system itself."""

    @abstractmethod
    async def journal(self, ref: DocumentRef) -> list[str]:
        """The actions that took effect on the document after it was submitted, in order."""

    @abstractmethod
    async def project_tasks(self) -> int: ...


GOALS = {
    (REQUISITION, "approve"): Goal(legal_from=frozenset({"submitted"}), to="approved"),
    (REQUISITION, "reject"): Goal(legal_from=frozenset({"submitted", "returned"}), to="rejected"),
    (REQUISITION, "reopen"): Goal(legal_from=frozenset({"approved", "rejected"}), to="submitted"),
    (REQUISITION, "withdraw"): Goal(legal_from=frozenset({"submitted", "returned"}), to="draft"),
}


class MemorySystem(System):
    events_secret = "memory-events"

    def __init__(self) -> None:
        self.connector = MemoryConnector("erp", GOALS)
        self.project_connector = MemoryConnector(
            "pms", {("task", "cancel"): Goal(legal_from=frozenset({"open"}), to="cancelled")}
        )

    async def submitted(self) -> DocumentRef:
        return self.connector.put(REQUISITION, "PR-1", "submitted", {**DRAFT, "number": "PR-1"})

    async def by_hand(self, ref: DocumentRef, action: str) -> None:
        self.connector.move(ref, GOALS[ref.kind, action].to or "")
        self.connector.journal.append((ref.id, action, "", "erp-user"))

    async def journal(self, ref: DocumentRef) -> list[str]:
        return [action for document, action, _, _ in self.connector.journal if document == ref.id]

    async def project_tasks(self) -> int:
        return len(self.project_connector.journal)


class SandboxSystem(System):
    events_secret = "sandbox-erp-events-secret"

    def __init__(self, url: str, connector: Connector, project_connector: Connector, http: httpx.AsyncClient) -> None:
        self.url, self.connector, self.project_connector = url, connector, project_connector
        self._erp = httpx.URL(url + "/erp/api/")
        self.http = http

    async def submitted(self) -> DocumentRef:
        made = await self._erp_call("POST", "purchase_requisitions", DRAFT)
        await self._erp_call("POST", f"purchase_requisitions/{made['id']}/submit", {"by": "li"})
        return DocumentRef(system="erp", kind=REQUISITION, id=made["id"])

    async def by_hand(self, ref: DocumentRef, action: str) -> None:
        await self._erp_call("POST", f"purchase_requisitions/{ref.id}/{action}", {"by": "erp-user"})

    async def journal(self, ref: DocumentRef) -> list[str]:
        lines = await self._erp_call("GET", "journal")
        actions = [line["action"] for line in lines if line["document"] == ref.id]
        return [action for action in actions if action not in {"create", "submit"}]

    async def project_tasks(self) -> int:
        proof = {"Authorization": "Bearer sandbox-pms-token"}
        reply = await self.http.get(f"{self.url}/pms/api/journal", headers=proof)
        return sum(1 for line in reply.json() if line["action"] == "create")

    async def fault(self, target: str, kind: str, **more: Any) -> None:
        reply = await self.http.post(f"{self.url}/_sim/faults", json={"target": target, "kind": kind, **more})
        reply.raise_for_status()

    async def _erp_call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        reply = await self.http.request(
            method, self._erp.join(path), json=body, headers={"Authorization": "Bearer sandbox-erp-token"}
        )
        reply.raise_for_status()
        return reply.json()


def signed(secret: str, body: dict[str, Any] | bytes, at: datetime) -> tuple[dict[str, str], bytes]:
    """An event as the ERP sends it: headers and raw body."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(at.timestamp()))
    signature = hmac.new(secret.encode(), f"{stamp}.".encode() + raw, hashlib.sha256).hexdigest()
    return {"X-Event-Id": "erp-1", "X-Event-Timestamp": stamp, "X-Event-Signature": signature}, raw
