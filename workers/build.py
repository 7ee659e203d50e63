"""From settings to the real steps. The only place of the worker that knows the environment."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import structlog

from activities.backtest import Backtester
from activities.calendar import CompanyCalendar
from activities.cards import CardSync
from activities.chat import Chat
from activities.documents import Documents
from activities.effects import Effects
from activities.people import Directory
from activities.releases import Published
from activities.rules import Rules
from activities.tasks import Recorder
from postroad.chat.base import ChatPort
from postroad.chat.card import Look
from postroad.chat.dingtalk import DingTalk, DingTalkApp
from postroad.chat.token import ButtonTokens
from postroad.connectors.load import load_connectors
from postroad.directory.calendar import announced
from postroad.files import load_calendar
from postroad.model.calendar import WorkingCalendar
from postroad.settings import Settings
from postroad.store.database import Database
from workers.crew import Crew

logger = structlog.get_logger()

SOON = timedelta(days=31)
"""How long before a year begins its holidays should be known."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def crew(settings: Settings) -> AsyncIterator[Crew]:
    """The steps with real adapters, closed at the end."""
    database = Database(settings.database_url)
    connectors = load_connectors(settings.connectors_file, os.environ)
    calendar = _calendar(settings)
    try:
        async with httpx.AsyncClient(trust_env=False) as http:
            chats = _chats(settings, http)
            tokens = ButtonTokens(settings.keys, settings.token_key_current)
            look = Look(link_base=settings.public_url, lang=settings.lang)
            cards = CardSync(chats, database, tokens, look, utc_now)
            yield Crew(
                rules=Rules(database, calendar.zone),
                backtests=Backtester(database, utc_now, calendar.zone),
                releases=Published(database, utc_now),
                people=Directory(database, utc_now),
                calendar=CompanyCalendar(calendar),
                tasks=Recorder(database, utc_now, cards),
                documents=Documents(connectors),
                effects=Effects(connectors, database, utc_now),
                chat=Chat(cards),
                systems=list(connectors),
            )
    finally:
        await connectors.aclose()
        await database.close()


def _calendar(settings: Settings) -> WorkingCalendar:
    """When the company works; says so when the holidays of a year that has begun, or soon will, are not known yet."""
    calendar, year = load_calendar(settings.calendar_file), (utc_now() + SOON).year
    if not announced(calendar, year):
        logger.warning("calendar.not_announced", year=year)
    return calendar


def _chats(settings: Settings, http: httpx.AsyncClient) -> Mapping[str, ChatPort]:
    if not settings.has_dingtalk:
        return {}
    port = DingTalk(DingTalkApp.of(settings), http, lang=settings.lang)
    return {port.platform: port}
