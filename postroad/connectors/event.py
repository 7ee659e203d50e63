"""Reading a pushed event by its declaration: first who sent it, then what it says."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import ValidationError

from postroad.connectors.base import ErpEvent
from postroad.connectors.classify import select
from postroad.connectors.config import EventFields, Signature
from postroad.connectors.reply import parse_exact
from postroad.connectors.signature import check_fresh, verify
from postroad.model.refusals import Malformed, TooLarge

MOST_BYTES = 64 * 1024


def verified(
    signature: Signature, secrets: Sequence[str], headers: Mapping[str, str], raw: bytes, now: datetime
) -> None:
    """Refuses an event that is too large, unsigned, wrongly signed or not of the last five minutes."""
    if len(raw) > MOST_BYTES:
        raise TooLarge("事件超过 64 KiB", "The event is larger than 64 KiB")
    given = {name.lower(): value for name, value in headers.items()}
    timestamp = given.get(signature.timestamp_header.lower(), "")
    check_fresh(timestamp, now)
    verify(payload=f"{timestamp}.".encode() + raw, signature=given.get(signature.header.lower(), ""), secrets=secrets)


def read_event(system: str, fields: EventFields, raw: bytes) -> ErpEvent:
    body, _ = parse_exact(raw)
    if not isinstance(body, dict):
        raise Malformed("事件不是 JSON 对象", "The event is not a JSON object")
    try:
        return ErpEvent.model_validate_json(json.dumps(_said(system, fields, body)))
    except ValidationError as wrong:
        named = ", ".join(".".join(str(part) for part in error["loc"]) for error in wrong.errors())
        raise Malformed(f"事件缺少或写错：{named}", f"The event lacks or misstates: {named}") from wrong


def _said(system: str, fields: EventFields, body: dict[str, object]) -> dict[str, object]:
    found = {name: select(expression, body) for name, expression in fields.model_dump(exclude_none=True).items()}
    named = {name: _text(found.get(name)) for name in ("kind", "document")}
    said: dict[str, object] = {
        "system": system,
        "event_id": _text(found.get("id")),
        "document": {"system": system, "kind": named["kind"], "id": named["document"]},
        "mode": _text(found.get("mode")),
        "payload": body,
    }
    optional = {name: _text(found.get(name)) for name in ("version", "round", "occurred_at")}
    return said | {name: value for name, value in optional.items() if value}


def _text(value: object) -> str | None:
    """Names and numbers as text; anything else is no name."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value)
