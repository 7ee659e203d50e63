"""An ERP as far as its events go: the shipped connector's configuration, signed as the sandbox signs."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from postroad.connectors.base import Connector
from postroad.connectors.load import load_connectors
from tests.api.office import Office

SECRET = "erp-events-secret"
CONNECTORS = Path(__file__).parents[2] / "processes" / "connectors.yaml"


def connectors(sandbox_url: str = "http://127.0.0.1:1") -> Mapping[str, Connector]:
    return load_connectors(CONNECTORS, {"SANDBOX_URL": sandbox_url, "SANDBOX_ERP_EVENTS_SECRET": SECRET})


def told(event_id: str, mode: str = "submitted", **more: Any) -> bytes:
    said = {
        "id": event_id,
        "model": "purchase_requisition",
        "record": "PR-1",
        "mode": mode,
        "state": "submitted",
        "version": 2,
        "round": 1,
        "occurred_at": "2026-11-22T08:00:00Z",
    }
    return json.dumps(said | more).encode()


def signed(raw: bytes, now: datetime, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(now.timestamp()))
    signature = hmac.new(secret.encode(), f"{stamp}.".encode() + raw, hashlib.sha256).hexdigest()
    return {"X-Event-Timestamp": stamp, "X-Event-Signature": signature}


async def send(office: Office, raw: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    now = office.parts.now()
    return await office.http.post("/events/erp", content=raw, headers=headers or signed(raw, now))
