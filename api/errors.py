"""Refusals as HTTP answers: application/problem+json (RFC 9457), in Chinese and English, never with internals."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException

from postroad.exchange.problem import Located, NotATable
from postroad.model.label import Label
from postroad.model.refusals import Refusal, TooMany, Unauthenticated

log = structlog.get_logger("api")
MEDIA_TYPE = "application/problem+json"
MOST_PROBLEMS = 200

_BY_STATUS = {
    400: ("malformed", "请求无法读取", "The request cannot be read"),
    404: ("unknown", "没有这个地址", "There is nothing at this address"),
    405: ("method_not_allowed", "此地址不支持该方法", "This address does not take this method"),
}


class Problem(BaseModel):
    """What went wrong. `code` is stable and for programs; `title` and `message` are for people.

    `problems` says place by place (a cell `规则!C7`, an element and its id) what is wrong in a file.
    """

    type: str
    status: int
    code: str
    title: str
    message: Label
    error_id: str | None = None
    fields: list[dict[str, str]] | None = None
    problems: list[Located] | None = None


def problem(status: int, code: str, message: Label, **more: Any) -> JSONResponse:
    said = Problem(type=f"urn:postroad:{code}", status=status, code=code, title=message.zh, message=message, **more)
    return JSONResponse(said.model_dump(exclude_none=True), status_code=status, media_type=MEDIA_TYPE)


def unexpected(error_id: str) -> JSONResponse:
    """For a fault of ours: the id finds the log line, nothing else is told."""
    message = Label(
        zh=f"系统出错，编号 {error_id}；请把编号告诉管理员",
        en=f"Something went wrong here; please give the administrator this id: {error_id}",
    )
    return problem(500, "unexpected", message, error_id=error_id)


def answer_refusals(app: FastAPI) -> None:
    app.exception_handler(Refusal)(_refused)
    app.exception_handler(RequestValidationError)(_malformed)
    app.exception_handler(HTTPException)(_http)
    for broken in (OperationalError, InterfaceError, PoolExhausted):
        app.exception_handler(broken)(_no_database)


async def _refused(request: Request, refusal: Refusal) -> JSONResponse:
    request.state.refused = refusal.code
    places = list(refusal.problems[:MOST_PROBLEMS]) if isinstance(refusal, NotATable) else None
    answer = problem(refusal.status, refusal.code, refusal.label, problems=places)
    if isinstance(refusal, Unauthenticated):
        answer.headers["WWW-Authenticate"] = getattr(request.state, "challenge", "Bearer")
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


async def _no_database(request: Request, broken: SQLAlchemyError) -> JSONResponse:
    log.error("database.unavailable", error=str(getattr(broken, "orig", None) or broken))
    request.state.refused = "unavailable"
    message = Label(
        zh="数据库暂时没有应答，请稍后再试", en="The database does not answer at the moment; please try again soon"
    )
    return problem(503, "unavailable", message)


async def _malformed(request: Request, wrong: RequestValidationError) -> JSONResponse:
    request.state.refused = "malformed"
    fields = _fields(wrong.errors())
    places = "、".join(field["field"] for field in fields)
    message = Label(zh=f"请求内容有误：{places}", en=f"The request is not well formed: {places}")
    return problem(422, "malformed", message, fields=fields)


async def _http(request: Request, raised: HTTPException) -> JSONResponse:
    code, zh, en = _BY_STATUS.get(raised.status_code, ("refused", "请求被拒绝", "The request was refused"))
    request.state.refused = code
    answer = problem(raised.status_code, code, Label(zh=zh, en=en))
    answer.headers.update(raised.headers or {})
    return answer


def _fields(errors: Sequence[Any]) -> list[dict[str, str]]:
    # pydantic's own list repeats the input, which may hold a secret
    return [{"field": ".".join(str(part) for part in one["loc"]), "wrong": one["msg"]} for one in errors]
