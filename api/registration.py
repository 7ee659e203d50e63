import asyncio

import structlog

from postroad.chat.base import ChatPort
from postroad.chat.errors import ChatFailure

log = structlog.get_logger("api")
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0


async def register(port: ChatPort, callback_url: str) -> None:
    """Tells the platform where presses go, again and again until it has heard."""
    pause = FIRST_PAUSE
    while True:
        try:
            await port.prepare(callback_url)
        except ChatFailure as failed:
            log.warning("callback.not_registered", platform=port.platform, why=str(failed), again_in_s=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            log.info("callback.registered", platform=port.platform)
            return
