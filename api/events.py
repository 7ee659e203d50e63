from collections.abc import Mapping

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.depends import Tools
from api.parts import Parts
from postroad.connectors.base import Connector, ErpEvent
from postroad.model.event import ErpNews
from postroad.model.refusals import Malformed, Refusal, Unknown
from postroad.store.events import ErpEvents

router = APIRouter(prefix="/events", tags=["events ERP 事件"])

_MOST_DIGITS = 9


class Received(BaseModel):
    """`accepted`: kept, and told to an instance soon. `duplicate`: was kept before."""

    status: str


@router.post("/{system}", status_code=202, summary="接收 ERP 事件 / Take an event of a business system")
async def take(system: str, request: Request, parts: Tools) -> Received:
    """Signed by the sender over the raw body, not by a token."""
    raw = await request.body()
    try:
        event = _connector(parts.connectors, system).parse_event(request.headers, raw, parts.now())
        round_ = _round(event)
    except Refusal as refused:
        parts.metrics.refused.labels(channel="erp", cause=refused.code).inc()
        raise
    is_new = await _keep(parts, event, round_)
    parts.metrics.events.labels(system=system, result="accepted" if is_new else "redelivered").inc()
    if is_new:
        parts.relay.wake()
    return Received(status="accepted" if is_new else "duplicate")


def _connector(connectors: Mapping[str, Connector], system: str) -> Connector:
    if system not in connectors:
        raise Unknown(f"没有名为 {system} 的系统", f"There is no system named {system}", code="no_such_system")
    return connectors[system]


async def _keep(parts: Parts, event: ErpEvent, round_: int) -> bool:
    news = ErpNews(event_id=event.event_id, mode=event.mode, version=event.version)
    async with parts.database.begin() as session:
        return await ErpEvents(session).receive(
            event.document, news, at=parts.now(), payload=event.payload, round=round_
        )


def _round(event: ErpEvent) -> int:
    """0 from systems that do not count submissions."""
    if not event.round:
        return 0
    if not (event.round.isascii() and event.round.isdigit() and len(event.round) <= _MOST_DIGITS):
        raise Malformed(
            f"round 应为整数，而不是 {event.round[:40]}", f"round is a whole number, not {event.round[:40]}"
        )
    return int(event.round)
