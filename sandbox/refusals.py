from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse


class Refusal(Exception):  # noqa: N818 - an expected answer to the caller, not a failure of the sandbox
    """The ERP or the project system says no: HTTP status, stable code, Chinese and English text, and facts."""

    def __init__(self, status: int, code: str, message: str, message_en: str, **facts: Any) -> None:
        super().__init__(message_en)
        self.status = status
        self.body = {"code": code, "message": message, "message_en": message_en, **facts}


async def answer_refusal(_: Request, refusal: Exception) -> JSONResponse:
    if not isinstance(refusal, Refusal):
        raise refusal
    return JSONResponse(refusal.body, status_code=refusal.status)


async def answer_malformed(_: Request, malformed: Exception) -> JSONResponse:
    if not isinstance(malformed, RequestValidationError):
        raise malformed
    found = wrong_fields(malformed)
    body = {
        "code": "invalid_request",
        "message": f"请求格式不对，请改正后重发：{found}",
        "message_en": f"The request is malformed; correct it and send again: {found}",
    }
    return JSONResponse(body, status_code=422)


def wrong_fields(malformed: RequestValidationError) -> str:
    """`body.amount: Field required; body.colour: Extra inputs are not permitted`."""
    return "; ".join(f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}" for error in malformed.errors())
