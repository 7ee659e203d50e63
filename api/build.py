"""From settings to parts. The only place of the API that knows the environment."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx

from api.parts import Channel, Parts
from api.running import Running
from api.workflow_pages import WorkflowPages
from postroad.chat.card import Look
from postroad.chat.dingtalk import DingTalk, DingTalkApp
from postroad.chat.token import ButtonTokens
from postroad.connectors.load import load_connectors
from postroad.files import load_calendar
from postroad.settings import Settings
from postroad.store.database import Database
from postroad.store.sessions import Lasting
from workflows.connection import temporal


@asynccontextmanager
async def built(settings: Settings) -> AsyncIterator[Parts]:
    """The parts for these settings, closed at the end. Nothing outside needs to be up yet."""
    database = Database(settings.database_url)
    connectors = load_connectors(settings.connectors_file, os.environ)
    try:
        client = await temporal(lazy=True)
        pages = settings.temporal_ui_url
        async with httpx.AsyncClient(trust_env=False) as http:
            yield Parts(
                database=database,
                running=Running(client),
                connectors=connectors,
                channels=_channels(settings, http),
                calendar=load_calendar(settings.calendar_file),
                lasting=Lasting(timedelta(hours=settings.session_idle_hours), timedelta(hours=settings.session_hours)),
                secure_cookies=settings.public_url.startswith("https://"),
                workflow_pages=WorkflowPages(pages, client.namespace) if pages else None,
            )
    finally:
        await connectors.aclose()
        await database.close()


def _channels(settings: Settings, http: httpx.AsyncClient) -> dict[str, Channel]:
    if not settings.has_dingtalk:
        return {}
    port = DingTalk(DingTalkApp.of(settings), http, lang=settings.lang)
    channel = Channel(
        port=port,
        tokens=ButtonTokens(settings.keys, settings.token_key_current),
        look=Look(link_base=settings.public_url, lang=settings.lang),
        path_secret=_path_secret(settings),
        public_url=settings.public_url,
    )
    return {port.platform: channel}


def _path_secret(settings: Settings) -> str:
    secret = settings.dingtalk_callback_path_secret.get_secret_value()
    if not secret:
        raise ValueError(
            "请设置 POSTROAD_DINGTALK_CALLBACK_PATH_SECRET：钉钉的签名不含内容，地址需要保密 / "
            "set POSTROAD_DINGTALK_CALLBACK_PATH_SECRET: DingTalk does not sign the body, so the address is secret"
        )
    return secret
