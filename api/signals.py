import hmac
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from api.depends import Tools
from api.parts import Parts
from api.presses import Presses
from postroad.model.refusals import Refusal, Unknown

router = APIRouter(prefix="/callbacks", tags=["callbacks 聊天按钮"])


@router.post("/{platform}/{path_secret}", summary="聊天卡片按钮 / A press on a chat card")
async def press(platform: str, path_secret: str, request: Request, parts: Tools) -> JSONResponse:
    """Signed by the platform, not by a token; answered within two seconds with the card as it then is."""
    raw = await request.body()
    with parts.metrics.callback_seconds.time():
        presses = _presses(parts, platform, path_secret)
        try:
            reply = await presses.take(request.headers, raw)
        except Refusal as refused:
            parts.metrics.refused.labels(channel=platform, cause=refused.code).inc()
            raise
    body: dict[str, Any] = presses.body(reply)
    return JSONResponse(body, background=BackgroundTask(presses.left, reply))


def _presses(parts: Parts, platform: str, path_secret: str) -> Presses:
    channel = parts.channels.get(platform)
    if channel is None or not hmac.compare_digest(channel.path_secret.encode(), path_secret.encode()):
        parts.metrics.refused.labels(channel="unknown", cause="wrong_path").inc()
        raise Unknown("没有这个地址", "There is nothing at this address")
    return parts.presses[platform]
