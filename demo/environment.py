"""What the parts of the demo are told through their environment, with secrets drawn anew for each demo."""

import base64
import json
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from demo.places import HOST, PROCESSES, Places

_OURS = ("POSTROAD_", "SANDBOX_", "TEMPORAL_")
_APP, _CORP = "dingsandbox", "dingsandboxcorp"


def settings_of(places: Places) -> dict[str, str]:
    """Every setting that the demo's parts read. Two calls never give the same secrets."""
    return {**_product(places), **_dingtalk(places), **_sandbox(places)}


def environment(settings: Mapping[str, str], outer: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child: the outer one without settings of another Postroad, which would mix in."""
    kept = {name: value for name, value in outer.items() if not name.startswith(_OURS)}
    return {**kept, "PYTHONUNBUFFERED": "1", "NO_PROXY": f"{HOST},localhost", **settings}


def keep(settings: Mapping[str, str], path: Path) -> None:
    """Writes them for `set -a; . .demo/env`, readable by nobody else."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in settings.items()), encoding="utf-8")


def _product(places: Places) -> dict[str, str]:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "TEMPORAL_ADDRESS": places.temporal_address,
        "POSTROAD_DATABASE_URL": f"sqlite+aiosqlite:///{places.folder.resolve() / 'postroad.db'}",
        "POSTROAD_CONNECTORS_FILE": str(PROCESSES / "connectors.yaml"),
        "POSTROAD_PROCESSES_DIR": str(PROCESSES),
        "POSTROAD_ORGANISATION_FILE": str(PROCESSES / "organisation.yaml"),
        "POSTROAD_TOKEN_KEYS": json.dumps({"demo": key}),
        "POSTROAD_TOKEN_KEY_CURRENT": "demo",
        "POSTROAD_PUBLIC_URL": places.api_url,
        "POSTROAD_TEMPORAL_UI_URL": places.temporal_ui_url,
        "POSTROAD_API_HOST": HOST,
        "POSTROAD_API_PORT": str(places.api),
        "POSTROAD_METRICS_PORT": str(places.worker_metrics),
        "POSTROAD_LOG_FORMAT": "json",
    }


def _dingtalk(places: Places) -> dict[str, str]:
    app_secret = secrets.token_urlsafe(24)
    return {
        "POSTROAD_DINGTALK_BASE_URL": f"{places.sandbox_url}/dingtalk",
        "POSTROAD_DINGTALK_APP_KEY": _APP,
        "POSTROAD_DINGTALK_APP_SECRET": app_secret,
        "POSTROAD_DINGTALK_ROBOT_CODE": _APP,
        "POSTROAD_DINGTALK_TEMPLATE_ID": "postroad-approval.schema",
        "POSTROAD_DINGTALK_ROUTE_KEY": "postroad-demo",
        "POSTROAD_DINGTALK_CORP_ID": _CORP,
        "POSTROAD_DINGTALK_CALLBACK_SECRET": secrets.token_urlsafe(24),
        "POSTROAD_DINGTALK_CALLBACK_PATH_SECRET": secrets.token_urlsafe(24),
        "SANDBOX_DINGTALK_APPS": json.dumps({_APP: app_secret}),
        "SANDBOX_DINGTALK_CORP_ID": _CORP,
    }


def _sandbox(places: Places) -> dict[str, str]:
    events_secret = secrets.token_urlsafe(24)
    links = [
        {"label": "接口文档 / API", "url": f"{places.api_url}/docs"},
        {"label": "Temporal", "url": places.temporal_ui_url},
    ]
    return {
        "SANDBOX_URL": places.sandbox_url,
        "SANDBOX_HOST": HOST,
        "SANDBOX_PORT": str(places.sandbox),
        "SANDBOX_ERP_EVENTS_URL": f"{places.api_url}/events/erp",
        "SANDBOX_ERP_EVENTS_SECRET": events_secret,
        "SANDBOX_ERP_TOKEN": secrets.token_urlsafe(24),
        "SANDBOX_PMS_TOKEN": secrets.token_urlsafe(24),
        "SANDBOX_LINKS": json.dumps(links, ensure_ascii=False),
    }
