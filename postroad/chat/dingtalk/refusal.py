"""What DingTalk's error answers mean: the code counts, not the HTTP status, for a full queue comes as 403."""

from datetime import timedelta
from typing import Any

from postroad.chat.errors import ChatFailure, Later, Misconfigured, NoCard, QuotaSpent

_BLOCKED = timedelta(minutes=5)
_SERVER_ERROR = 500

_WAITS = (
    (("QpsLimitForAppkeyAndApi", "90018"), timedelta(seconds=1)),
    (("QpmLimitForAppkeyAndApi",), timedelta(seconds=60)),
    (("QpsLimitForApi", "90002"), timedelta(seconds=2)),
)
_QUOTA = ("ApiCountLimitForOrg", "90020")


class StaleToken(ChatFailure):
    """The access token is no longer taken; a fresh one may be."""


def refusal(status: int, body: Any, text: str) -> ChatFailure:
    """The error an unsuccessful answer means; `body` is its JSON, None if it was none."""
    if not isinstance(body, dict) or body.get("status") == 1111:  # noqa: PLR2004 - DingTalk's own number for a blocked IP
        return _no_answer_of_the_api(status, body, text)
    code, said = str(body.get("code", "")), str(body.get("message") or text)[:300]
    for names, wait in _WAITS:
        if any(name in code for name in names):
            return Later(f"钉钉限流（{code}）：{said}", f"DingTalk limits our calls ({code}): {said}", wait)
    if any(name in code for name in _QUOTA):
        return QuotaSpent(
            f"钉钉本月接口调用额度已用完（{code}），请在开放平台购买或等待下月",
            f"The company's DingTalk calls of this month are used up ({code}); buy more or wait for next month",
        )
    return _by_code(status, code, said)


def _by_code(status: int, code: str, said: str) -> ChatFailure:
    if code == "InvalidAuthentication":
        return StaleToken(f"钉钉令牌失效：{said}", f"DingTalk no longer takes the access token: {said}")
    if code == "param.cardNotExist":
        return NoCard(f"钉钉上没有这张卡片：{said}", f"DingTalk does not know this card: {said}")
    if status >= _SERVER_ERROR:
        return Later(f"钉钉暂时不可用（{code}）：{said}", f"DingTalk is not available ({code}): {said}")
    return Misconfigured(
        f"钉钉拒绝了请求（{code}）：{said}；请检查应用的密钥、权限、模板与回调配置",
        f"DingTalk refused ({code}): {said}; check the app's secret, permissions, template and callback",
    )


def _no_answer_of_the_api(status: int, body: Any, text: str) -> ChatFailure:
    """A page instead of an answer: a gateway in trouble, or our address blocked for five minutes."""
    if status >= _SERVER_ERROR and not isinstance(body, dict):
        return Later(f"钉钉网关异常（HTTP {status}）", f"DingTalk's gateway is in trouble (HTTP {status})")
    return Later(
        f"钉钉拒绝本机地址的访问，5 分钟后再试：{text[:80]}",
        f"DingTalk blocks our address; trying again in 5 minutes: {text[:80]}",
        _BLOCKED,
    )
