"""From settings to the real steps. The only place of the worker that knows the environment."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from activities.cards import CardSync
from activities.chat import Chat
from activities.documents import Documents
from activities.effects import Effects
from activities.people import Directory
from activities.rules import Rules
from activities.tasks import Recorder
from postroad.chat.base import ChatPort
from postroad.chat.card import Look
from postroad.chat.dingtalk import DingTalk, DingTalkApp
from postroad.chat.token import ButtonTokens
from postroad.connectors.load import load_connectors
from postroad.settings import Settings
from postroad.store.database import Database
from workers.crew import Crew


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def crew(settings: Settings) -> AsyncIterator[Crew]:
    """The steps with real adapters, closed at the end."""
    database = Database(settings.database_url)
    connectors = load_connectors(settings.connectors_file, os.environ)
    try:
        async with httpx.AsyncClient(trust_env=False) as http:
            chats = _chats(settings, http)
            tokens = ButtonTokens(settings.keys, settings.token_key_current)
            look = Look(link_base=settings.public_url, lang=settings.lang)
            cards = CardSync(chats, database, tokens, look, utc_now)
            yield Crew(
                rules=Rules(database),
                people=Directory(database),
                tasks=Recorder(database, utc_now, cards),
                documents=Documents(connectors),
                effects=Effects(connectors, database, utc_now),
                chat=Chat(cards),
                systems=list(connectors),
            )
    finally:
        await connectors.aclose()
        await database.close()


def _chats(settings: Settings, http: httpx.AsyncClient) -> Mapping[str, ChatPort]:
    if not settings.has_dingtalk:
        return {}
    port = DingTalk(DingTalkApp.of(settings), http, lang=settings.lang)
    return {port.platform: port}
