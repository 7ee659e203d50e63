import asyncio
from collections.abc import Awaitable

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel
from sqlalchemy import text

from api.depends import Tools, guarded
from api.parts import Parts
from postroad.model.refusals import Unavailable
from postroad.store.clicks import Clicks
from postroad.store.events import ErpEvents

router = APIRouter()
PATIENCE = 2.0


class Alive(BaseModel):
    status: str = "ok"


class Readiness(BaseModel):
    """`ready` needs every part; a part that is not `ok` says what is wrong."""

    ready: bool
    database: str
    temporal: str


@router.get("/healthz", summary="进程存活 / The process lives")
async def healthz() -> Alive:
    return Alive()


@router.get("/readyz", summary="可以服务 / Ready to serve", responses={503: {"model": Readiness}})
async def readyz(parts: Tools, response: Response) -> Readiness:
    database, temporal = await asyncio.gather(_state(_select(parts)), _state(parts.running.probe(PATIENCE)))
    ready = database == temporal == "ok"
    response.status_code = 200 if ready else 503
    return Readiness(ready=ready, database=database, temporal=temporal)


@router.get(
    "/metrics",
    summary="Prometheus 指标 / Metrics",
    response_class=PlainTextResponse,
    dependencies=[guarded("metrics")],
)
async def metrics(parts: Tools) -> Response:
    async with parts.database.read() as session:
        parts.metrics.unanswered.set(await Clicks(session).unanswered_count())
        parts.metrics.waiting.set(await ErpEvents(session).waiting_count())
    return Response(parts.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


async def _select(parts: Parts) -> None:
    async with parts.database.read() as session:
        await session.execute(text("select 1"))


async def _state(check: Awaitable[None]) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            await check
    except (TimeoutError, Unavailable):
        return "unreachable"
    except Exception as broken:  # noqa: BLE001 - whatever is wrong, the answer is that it is not ready
        return type(broken).__name__
    return "ok"
