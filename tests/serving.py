"""Runs an ASGI application on a real, free port of this machine while a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def serve(self, sockets: Any = None) -> None:
        try:
            await super().serve(sockets)
        finally:
            self.settled.set()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.settled.set()

    @property
    def address(self) -> str:
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The base URL, for instance `http://127.0.0.1:40123`; start-up and shut-down handlers of the app run."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, ws="none", lifespan="on", log_level="warning", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, name="served", daemon=True)
    thread.start()
    server.settled.wait()
    if not server.started:
        raise RuntimeError("The application did not start; its log is above.")
    try:
        yield server.address
    finally:
        server.should_exit = True
        thread.join()
