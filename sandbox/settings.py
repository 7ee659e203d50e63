from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from sandbox.people import DEMO_PEOPLE


class Link(BaseModel):
    """An entry on the home page that leads out of the sandbox, for instance to the product."""

    label: str
    url: str


class SandboxSettings(BaseSettings):
    """Read from `SANDBOX_*` environment variables or the flags of `python -m sandbox`; mappings and lists are JSON."""

    model_config = SettingsConfigDict(env_prefix="SANDBOX_", extra="forbid")

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8900, description="port to listen on")
    erp_events_url: str | None = Field(
        default=None, description="where the ERP posts its events; none keeps them undelivered"
    )
    erp_events_secret: str = Field(default="sandbox-erp-events-secret", description="key of X-Event-Signature")
    erp_token: str = Field(default="sandbox-erp-token", description="bearer token of /erp/api")
    pms_token: str = Field(default="sandbox-pms-token", description="bearer token of /pms/api")
    dingtalk_apps: dict[str, str] = Field(
        default={"dingsandbox": "sandbox-app-secret"}, description="DingTalk apps: appKey to appSecret"
    )
    dingtalk_corp_id: str = Field(default="dingsandboxcorp", description="corpId sent with each click")
    dingtalk_token_seconds: int = Field(default=7200, description="lifetime of an access token")
    click_deadline_seconds: float = Field(default=2.0, description="how long a click waits for its answer")
    people: dict[str, str] = Field(default=DEMO_PEOPLE, description="people with accounts: userId to name")
    links: list[Link] = Field(default=[], description="links on the home page: [{label, url}]")
    seed: int = Field(default=1, description="seed of the chance in faults with a probability")
