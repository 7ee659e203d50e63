import secrets

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from sandbox.refusals import wrong_fields
from sandbox.violations import Violations


class DingTalkError(Exception):
    """The platform says no; sent as `{"code", "message", "requestid"}`."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


class ProtocolBreachError(DingTalkError):
    """The caller broke the platform's protocol; also recorded among the violations."""

    def __init__(self, message: str) -> None:
        super().__init__("InvalidParameter", message)


def failure_body(code: str, message: str) -> dict[str, str]:
    return {"code": code, "message": message, "requestid": secrets.token_hex(8).upper()}


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    """Every refusal in the platform's format; a breach of protocol is recorded as well."""
    refused = _as_dingtalk_error(request, error)
    if isinstance(refused, ProtocolBreachError):
        violations: Violations = request.app.state.sandbox.violations
        violations.record(f"{request.method} {request.url.path}", refused.message)
    return JSONResponse(failure_body(refused.code, refused.message), status_code=refused.status)


def _as_dingtalk_error(request: Request, error: Exception) -> DingTalkError:
    match error:
        case DingTalkError():
            return error
        case RequestValidationError():
            return ProtocolBreachError(wrong_fields(error))
        case HTTPException() if isinstance(error.__cause__, ClientDisconnect):
            # who hangs up, or dies, in the middle of a request breaks no rule
            return DingTalkError("ClientDisconnect", "调用方在请求读完之前断开")
        case HTTPException():
            return ProtocolBreachError(f"{request.method} {request.url.path}: {error.detail}")
        case _:
            raise error
