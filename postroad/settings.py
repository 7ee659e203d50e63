"""What an installation is told through its environment; docs/settings.md describes every setting.

Where Temporal is comes from `TEMPORAL_*` and its profile file, what connectors need from the connectors file.
"""

import base64
import binascii
import json
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_KEY = 16
"""Bytes of a key that signs buttons; shorter ones could be guessed."""


class Settings(BaseSettings):
    """Read from `POSTROAD_*`; secrets never show in logs or in errors.

    Raises:
        pydantic.ValidationError: a setting is wrong; the message names it and what it should be.
    """

    model_config = SettingsConfigDict(env_prefix="POSTROAD_", frozen=True, hide_input_in_errors=True)

    database_url: str = "sqlite+aiosqlite:///postroad.db"
    connectors_file: Path = Path("processes/connectors.yaml")
    processes_dir: Path = Path("processes")
    organisation_file: Path | None = None
    calendar_file: Path | None = None
    token_keys: SecretStr = SecretStr("{}")
    token_key_current: str = ""
    dingtalk_base_url: str = "https://api.dingtalk.com"
    dingtalk_app_key: str = ""
    dingtalk_app_secret: SecretStr = SecretStr("")
    dingtalk_robot_code: str = ""
    dingtalk_template_id: str = "postroad-approval.schema"
    dingtalk_route_key: str = "postroad"
    dingtalk_callback_secret: SecretStr = SecretStr("")
    dingtalk_callback_path_secret: SecretStr = SecretStr("")
    dingtalk_corp_id: str = ""
    public_url: str = "http://127.0.0.1:8080"
    session_idle_hours: float = Field(default=12, gt=0, le=24 * 365)
    session_hours: float = Field(default=24 * 7, gt=0, le=24 * 365)
    temporal_ui_url: str = ""
    lang: Literal["zh", "en"] = "zh"
    log_format: Literal["json", "pretty"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    api_host: str = "127.0.0.1"
    api_port: int = Field(default=8080, ge=0, le=65535)
    metrics_port: int = Field(default=0, ge=0, le=65535)

    @field_validator("database_url")
    @classmethod
    def _a_driver_we_know(cls, url: str) -> str:
        if not url.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
            raise ValueError(
                "数据库地址应以 sqlite+aiosqlite:/// 或 postgresql+psycopg:// 开头 / "
                "a database URL starts with sqlite+aiosqlite:/// or postgresql+psycopg://"
            )
        return url

    @field_validator("temporal_ui_url")
    @classmethod
    def _an_address_of_pages(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError(
                "Temporal Web UI 的地址应以 http:// 或 https:// 开头 / "
                "the address of Temporal's Web UI starts with http:// or https://"
            )
        return url

    @model_validator(mode="after")
    def _keys_are_whole(self) -> Self:
        keys = button_keys(self.token_keys)
        if keys and self.token_key_current not in keys:
            raise ValueError(
                "POSTROAD_TOKEN_KEY_CURRENT 应为 POSTROAD_TOKEN_KEYS 中的一个 / "
                "POSTROAD_TOKEN_KEY_CURRENT has to be one of POSTROAD_TOKEN_KEYS"
            )
        return self

    @property
    def keys(self) -> dict[str, bytes]:
        """The keys that sign buttons, by id."""
        return button_keys(self.token_keys)

    @property
    def has_dingtalk(self) -> bool:
        """Whether there is a DingTalk application to send cards with."""
        return bool(self.dingtalk_app_key)


def button_keys(text: SecretStr) -> dict[str, bytes]:
    """The keys in `{"id": "base64"}`.

    Raises:
        ValueError: the text is something else, or a key is too short; the message never repeats a key.
    """
    try:
        told = json.loads(text.get_secret_value())
        keys = {str(name): base64.b64decode(key, validate=True) for name, key in told.items()}
    except (ValueError, TypeError, AttributeError, binascii.Error):
        keys = {"": b""}
    if any(len(key) < SHORTEST_KEY for key in keys.values()):
        # the cause would quote the text
        raise ValueError(
            f"POSTROAD_TOKEN_KEYS 应为 JSON，每个密钥至少 {SHORTEST_KEY} 字节的 base64 / "
            f'POSTROAD_TOKEN_KEYS is JSON {{"id": "base64"}} with keys of {SHORTEST_KEY} bytes or more'
        )
    return keys
