import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from postroad.connectors.config import ErrorRule, Verdict
from postroad.connectors.errors import (
    AuthExpired,
    BusinessConflict,
    ConnectorFailure,
    NotFound,
    Rejected,
    Retryable,
)
from postroad.connectors.reply import Reply

_BY_STATUS: dict[int, Verdict] = {
    401: "auth",
    404: "not_found",
    408: "retryable",
    409: "conflict",
    410: "not_found",
    412: "conflict",
    425: "retryable",
    429: "retryable",
}
_SERVER_ERROR = 500
_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_MESSAGE = 500


def classify(system: str, reply: Reply, rules: Sequence[ErrorRule], message: str) -> ConnectorFailure:
    """The error that an unsuccessful answer means; `message` is the JMESPath of the system's own words in its body."""
    said = words(reply, message)
    where = f"{system}（HTTP {reply.status}）"
    match _verdict(reply, rules):
        case "retryable":
            wait = _retry_after(reply.headers.get("retry-after", ""))
            return Retryable(f"{where} 暂时无法处理：{said}", f"{system} cannot do it now: {said}", wait)
        case "auth":
            return AuthExpired(
                f"{where} 不接受我们的凭据：{said}；请更新连接器 {system} 的 auth",
                f"{system} does not accept our credentials: {said}; renew auth of the connector {system}",
            )
        case "conflict":
            return BusinessConflict(f"{system} 已不处于可执行的状态：{said}", f"{system} says: {said}", _current(reply))
        case "not_found":
            return NotFound(f"{system} 中找不到：{said}", f"{system} does not know it: {said}")
        case _:
            return Rejected(f"{where} 拒绝：{said}", f"{system} refused: {said}")


def words(reply: Reply, message: str) -> str:
    """The system's own words, else the beginning of whatever it sent."""
    found = select(message, reply.body)
    return (found if isinstance(found, str) and found else reply.text or f"HTTP {reply.status}")[:_LONGEST_MESSAGE]


def select(expression: str, data: Any) -> Any:
    """What a JMESPath expression finds, None when it does not fit the data."""
    try:
        return jmespath.search(expression, data)
    except (JMESPathError, TypeError, ValueError, AttributeError):
        # functions applied to the wrong type: an answer of an unforeseen shape finds nothing
        return None


def _verdict(reply: Reply, rules: Sequence[ErrorRule]) -> Verdict:
    seen = reply.as_data()
    for rule in rules:
        if select(rule.when, seen) is True:
            return rule.as_
    return _BY_STATUS.get(reply.status, "retryable" if reply.status >= _SERVER_ERROR else "rejected")


def _retry_after(header: str) -> timedelta | None:
    """Whole seconds, at most an hour; a date or nonsense leaves the wait to us."""
    if re.fullmatch(r"[0-9]{1,9}", header.strip(), re.ASCII) is None:
        return None
    return min(timedelta(seconds=int(header)), _LONGEST_WAIT)


def _current(reply: Reply) -> str | None:
    state = reply.body.get("state") if isinstance(reply.body, dict) else None
    return state if isinstance(state, str) else None
