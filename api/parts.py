import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from api.batching import KeyControls
from api.checkup import Checkup
from api.clock import Clock, utc_now
from api.dispatch import Dispatcher
from api.faces import Faces
from api.journey import Journey
from api.listening import Listening
from api.loads import LoadWatch
from api.metrics import Metrics
from api.passwords import Passwords
from api.presses import Presses
from api.registration import register
from api.relay import Relay
from api.running import Running
from api.standing_in import StandingIn
from api.workflow_pages import WorkflowPages
from postroad.chat.base import ChatPort
from postroad.chat.card import Look
from postroad.chat.token import ButtonTokens
from postroad.connectors.base import Connector
from postroad.model.calendar import WorkingCalendar
from postroad.store.compiled import CompiledTables
from postroad.store.database import Database
from postroad.store.known_people import KnownPeople
from postroad.store.sessions import Lasting, Sessions


@dataclass(frozen=True)
class Channel:
    """A chat platform, how its cards look and are signed, and the address its callbacks come to."""

    port: ChatPort
    tokens: ButtonTokens
    look: Look
    path_secret: str
    public_url: str

    @property
    def callback_url(self) -> str:
        return f"{self.public_url.rstrip('/')}/callbacks/{self.port.platform}/{self.path_secret}"


class Parts:
    """What the API is made of. Whoever makes the parts closes them; the application starts and stops its own tasks."""

    def __init__(
        self,
        *,
        database: Database,
        running: Running,
        connectors: Mapping[str, Connector],
        channels: Mapping[str, Channel],
        now: Clock = utc_now,
        calendar: WorkingCalendar | None = None,
        lasting: Lasting | None = None,
        secure_cookies: bool = False,
        passwords: Passwords | None = None,
        workflow_pages: WorkflowPages | None = None,
    ) -> None:
        self.database, self.running, self.connectors, self.channels = database, running, connectors, channels
        self.now, self.calendar = now, calendar or WorkingCalendar()
        self.lasting, self.secure_cookies = lasting or Lasting(), secure_cookies
        self.passwords = passwords or Passwords()
        self.workflow_pages = workflow_pages
        self.tables = CompiledTables(database)
        self.key_controls = KeyControls()
        self.people = KnownPeople(database)
        self.metrics = Metrics()
        self.journey = Journey(database, running, now, self.metrics)
        self.dispatcher = Dispatcher(database, running, now, self.metrics)
        self.relay = Relay(database, running, self.dispatcher, self.journey, now)
        self.checkup = Checkup(database, running, now)
        self.standing_in = StandingIn(database, running, now)
        self.listening = Listening(database, now, self.lasting)
        self.loads = LoadWatch(database, now, self.metrics)
        self.presses = {name: self._presses(channel) for name, channel in channels.items()}
        self.registrations: list[asyncio.Task[None]] = []

    @property
    def zone(self) -> ZoneInfo:
        return self.calendar.zone

    def sessions(self, session: AsyncSession) -> Sessions:
        """The sessions of browsers, as long as they last here."""
        return Sessions(session, self.lasting)

    async def start(self) -> None:
        self.relay.start()
        self.checkup.start()
        self.standing_in.start()
        self.loads.start()
        self.listening.start()
        self.registrations = [
            asyncio.create_task(register(channel.port, channel.callback_url)) for channel in self.channels.values()
        ]

    async def stop(self) -> None:
        await self.listening.stop()
        await self.relay.stop()
        await self.checkup.stop()
        await self.standing_in.stop()
        await self.loads.stop()
        for registration in self.registrations:
            registration.cancel()
        await asyncio.gather(*self.registrations, return_exceptions=True)
        for presses in self.presses.values():
            await presses.close()

    def _presses(self, channel: Channel) -> Presses:
        return Presses(
            channel.port,
            channel.tokens,
            Faces(channel.look, channel.tokens),
            database=self.database,
            journey=self.journey,
            now=self.now,
            metrics=self.metrics,
        )
