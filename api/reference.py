from html import escape
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from api.depends import Bearer, Caller, Guard, Tools, admitted

_basic = HTTPBasic(auto_error=False)


class BrowserGuard(Guard):
    """Also takes the token as the password that a browser asks for: these pages are for reading."""

    async def __call__(
        self,
        request: Request,
        parts: Tools,
        given: Bearer,
        typed: Annotated[HTTPBasicCredentials | None, Depends(_basic)] = None,
    ) -> Caller:
        request.state.challenge = 'Basic realm="Postroad: the password is a token"'
        secret = given.credentials if given else typed.password if typed else None
        return await admitted(request, parts, secret, self.scopes)


router = APIRouter(include_in_schema=False, dependencies=[Depends(BrowserGuard("read"))])

_PAGE = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>驿道 API</title>
<style>
body{{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}
td{{padding:.2em 1em .2em 0}}
</style>
<h1>驿道 API · Postroad API</h1>
<p>机器可读版本：<code>/api/v1/openapi.json</code> · machine readable: <code>/api/v1/openapi.json</code></p>
<table>{rows}</table></html>"""


@router.get("/openapi.json")
async def openapi(request: Request) -> JSONResponse:
    return JSONResponse(request.app.openapi())


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """A plain list: the usual page loads its scripts from another company's servers."""
    rows = "".join(_row(path, acts) for path, acts in request.app.openapi()["paths"].items())
    return HTMLResponse(_PAGE.format(rows=rows))


def _row(path: str, acts: dict[str, Any]) -> str:
    return "".join(
        f"<tr><td><b>{escape(method.upper())}</b><td><code>{escape(path)}</code><td>{escape(act.get('summary', ''))}"
        for method, act in acts.items()
    )
