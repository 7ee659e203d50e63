"""The browser application, as `python -m web build` left it in `api/static`, and what browsers may do with it."""

from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(__file__).parent / "static"
ASSETS = "/assets/"

POLICY = (
    "default-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; "  # antd writes its styles into the page
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def serve_pages(app: FastAPI) -> None:
    """Every address that nothing else answers is a page; without a built application, one that says how to build it."""
    built = STATIC if (STATIC / "index.html").is_file() else Path(__file__).parent / "unbuilt"
    app.frontend("/", directory=built, fallback="index.html")


class Squeezed:
    """Compresses the files of the pages; no answer of the API, what it holds must not be guessed from its length."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain, self._squeezed = app, GZipMiddleware(app, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_file = scope["type"] == "http" and scope["path"].startswith(ASSETS)
        await (self._squeezed if is_file else self._plain)(scope, receive, send)


class SafeHeaders:
    """Tells browsers what a page may load and who may frame it, and how long what they were given is good."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _good_for(scope["path"], message["status"]))
            await send(message)

        await self._app(scope, receive, headed)


def _good_for(path: str, status: int) -> str:
    # the name of an asset changes with its content
    is_asset = path.startswith(ASSETS) and status == 200  # noqa: PLR2004 - HTTP's own number
    if is_asset:
        return "public, max-age=31536000, immutable"
    return "no-store" if path.startswith("/api/") else "no-cache"
