"""The cookie of a session, and how a request shows that one of our pages sent it."""

from hmac import compare_digest

from fastapi import Request, Response

from api.parts import Parts
from postroad.model.refusals import Forbidden
from postroad.store.sessions import csrf_of

COOKIE = "postroad_session"
CSRF = "X-CSRF-Token"
SAFE = {"GET", "HEAD", "OPTIONS"}


def secret_in(request: Request) -> str | None:
    return request.cookies.get(COOKIE)


def check_csrf(request: Request, secret: str) -> None:
    """Raises Forbidden for a request that may change things and was not sent by a page of ours."""
    told = request.headers.get(CSRF, "")
    if request.method not in SAFE and not compare_digest(told.encode(), csrf_of(secret).encode()):
        raise Forbidden(
            f"请求缺少有效的 {CSRF} 头，请刷新页面后重试",
            f"The request has no valid {CSRF} header; reload the page and try again",
            code="csrf",
        )


def give_cookie(response: Response, parts: Parts, secret: str) -> None:
    lasts = int(parts.lasting.longest.total_seconds())
    response.set_cookie(
        COOKIE, secret, max_age=lasts, path="/", httponly=True, samesite="lax", secure=parts.secure_cookies
    )


def take_cookie(response: Response, parts: Parts) -> None:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=parts.secure_cookies)
