"""Calls the API as somebody's token, so the API alone says who may do what."""

import os
from collections.abc import Mapping
from typing import Annotated, Any

import httpx
import typer

from api.addresses import V1
from postroad.model.refusals import Refusal, Unauthenticated, Unavailable

Json = dict[str, Any]
PATIENCE = 30.0

Url = Annotated[
    str, typer.Option(envvar="POSTROAD_PUBLIC_URL", help="接口地址 / address of the API", show_default=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="原样输出 / print it as the API answers")]
HERE = "http://127.0.0.1:8000"


class Refused(Refusal):
    """The API refused the request; in its own words."""


def token() -> str:
    secret = os.environ.get("POSTROAD_TOKEN", "")
    if not secret:
        raise Unauthenticated(
            "请在环境变量 POSTROAD_TOKEN 中提供令牌，用 python -m api token 签发",
            "Give a token in the variable POSTROAD_TOKEN; python -m api token issues one",
        )
    return secret


def get(url: str, path: str, told: Mapping[str, Any] | None = None) -> Any:
    """What the API answers. Raises Refused with its words, Unavailable when it cannot be reached."""
    return _asked("GET", url, path, params={key: one for key, one in (told or {}).items() if one is not None})


def post(url: str, path: str, told: Json) -> Any:
    """The same for something that is to be done; what is None is left out."""
    return _asked("POST", url, path, json={key: one for key, one in told.items() if one is not None})


def _asked(method: str, url: str, path: str, **how: Any) -> Any:
    headers = {"Authorization": f"Bearer {token()}"}
    try:
        with httpx.Client(base_url=url, headers=headers, timeout=PATIENCE, trust_env=False) as http:
            reply = http.request(method, f"{V1}{path}", **how)
    except httpx.HTTPError as broken:
        raise Unavailable(f"无法连接 {url}：{broken}", f"{url} cannot be reached: {broken}") from broken
    if reply.is_success:
        return reply.json()
    raise _refusal(reply)


def _refusal(reply: httpx.Response) -> Refused:
    try:
        told = reply.json()
        words = told["message"]
        wrong = "".join(f"\n  {one['field']}: {one['wrong']}" for one in told.get("fields") or ())
        return Refused(f"{words['zh']}{wrong}", words["en"], code=told["code"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return Refused(f"接口答复 {reply.status_code}", f"The API answered {reply.status_code}", code="unexpected")
