import hmac

from sandbox.refusals import Refusal


def check_bearer(header: str, token: str) -> None:
    """`Authorization: Bearer <token>` or HTTP 401."""
    if not hmac.compare_digest(header.encode(), f"Bearer {token}".encode()):
        raise Refusal(401, "unauthorized", "令牌缺失或不正确，请检查 Authorization", "Missing or wrong bearer token")
