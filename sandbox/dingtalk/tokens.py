import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.dingtalk.errors import DingTalkError


@dataclass(frozen=True)
class AccessToken:
    text: str
    app_key: str
    ends_at: datetime


class Tokens:
    """Access tokens per app; a repeated request within the lifetime gets the same token, as on the platform."""

    def __init__(self, apps: Mapping[str, str], lifetime_seconds: int, clock: Clock) -> None:
        self._apps = apps
        self._lifetime = timedelta(seconds=lifetime_seconds)
        self._clock = clock
        self._by_app: dict[str, AccessToken] = {}

    def issue(self, app_key: str, app_secret: str) -> tuple[str, int]:
        """The token and the seconds it still lasts."""
        if not hmac.compare_digest(self._apps.get(app_key, "").encode(), app_secret.encode()) or not app_secret:
            raise DingTalkError("invalidClientIdOrSecret", "无效的 appKey 或 appSecret")
        now = self._clock.platform_now()
        token = self._by_app.get(app_key)
        if token is None or token.ends_at <= now:
            token = AccessToken(secrets.token_hex(16), app_key, now + self._lifetime)
            self._by_app[app_key] = token
        return token.text, int((token.ends_at - now).total_seconds())

    def app_of(self, text: str) -> str:
        """The app that holds this token; refused when unknown or expired."""
        for token in self._by_app.values():
            if token.text == text and self._clock.platform_now() < token.ends_at:
                return token.app_key
        raise DingTalkError("InvalidAuthentication", "不合法的 access_token，请重新获取")
