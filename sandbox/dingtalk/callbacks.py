import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sandbox.dingtalk.models import RegisterCallback


@dataclass(frozen=True)
class Route:
    url: str
    api_secret: str


class CallbackRoutes:
    """Where clicks go, by callbackRouteKey."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}

    def register(self, order: RegisterCallback) -> Route:
        """Without forceUpdate an existing registration is only returned."""
        if order.callback_route_key not in self._routes or order.force_update:
            secret = order.api_secret or secrets.token_hex(16)
            self._routes[order.callback_route_key] = Route(order.callback_url, secret)
        return self._routes[order.callback_route_key]

    def find(self, route_key: str | None) -> Route | None:
        return self._routes.get(route_key) if route_key else None


def signed_headers(api_secret: str, timestamp_ms: int) -> dict[str, str]:
    """base64(HMAC-SHA256(apiSecret, timestamp as decimal text)); the platform does not sign the body."""
    stamp = str(timestamp_ms)
    digest = hmac.new(api_secret.encode(), stamp.encode(), hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "x-ddpaas-signature-timestamp": stamp,
        "x-ddpaas-signature": base64.b64encode(digest).decode(),
    }
