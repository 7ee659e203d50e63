"""Two or three people at once on 或签, from two channels, with nervous fingers, old screens and lost replies.

What is pressed at which activation follows from the seed alone; in which order it arrives is up to the machine.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

from api.journey import Origin
from api.presses import _BUSY
from api.running import InstanceClosed
from api.tasks import Decision, click_of
from postroad.chat.words import DONE, words
from postroad.model.decision import Action, Answer, Click, Verdict, click_id
from postroad.model.process import Process
from postroad.model.refusals import Unavailable
from postroad.model.task import Task, TaskKind, TaskState
from postroad.store.clicks import Clicks
from postroad.store.tasks import Tasks
from tests.api.office import shown
from tests.real.outcomes import Told
from tests.real.place import Place
from tests.real.vectors import definition

PEOPLE = {"zero": ("gao", "qian"), "first": ("chen", "wang", "zhao"), "second": ("sun", "zhou")}
OPINION = "好"
Press = Callable[[], Awaitable[None]]
_LONG_AGO = timedelta(seconds=3)
"""Old enough for the relay to send it again."""


def process_of(key: str) -> Process:
    """Three times one of several decides; what is rejected or sent back is decided anew, in a new epoch."""
    asked = [
        {"approval": node, "mode": "any", "who": [{"person": who} for who in people], "reject": "to_previous"}
        for node, people in PEOPLE.items()
    ]
    book = {"effect": "book", "connector": "pms", "entity": "task", "action": "create"}
    return definition(key, *asked, book)


@dataclass
class Card:
    """What a phone showed after a press."""

    click: str
    action: Action
    params: dict[str, str]

    def is_right(self, answer: Answer | None) -> bool:
        """Whether it shows this outcome, or that it is on its way."""
        if answer is None:
            return False
        status = self.params.get("status")
        if self.params["note"] in {answer.message.zh, _BUSY.zh} or status == words("pending").zh:
            return True
        return (answer.first or answer.verdict) is Verdict.ACCEPTED and status == DONE[self.action][0].zh


@dataclass
class Interleavings:
    """One instance, and all that is pressed in it at `wanted` activations before everybody agrees at last."""

    place: Place
    key: str
    seed: int
    wanted: int
    instance: str = ""
    done: int = 0
    told: Told = field(default_factory=Told)
    cards: list[Card] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)
    old_screens: set[str] = field(default_factory=set)

    async def play(self) -> None:
        self.instance = await self.place.launch(process_of(self.key), {"applicant": "li", "amount": "100"})
        while open_ := [task for task in await self._tasks() if task.state is TaskState.OPEN]:
            if open_[0].kind is TaskKind.RESUBMIT:
                await asyncio.gather(*(self._by_api(open_[0], Action.RESUBMIT, "again") for _ in range(2)))
            else:
                await self._at_once(open_)
                self.done += 1
            await self._let_everything_arrive()
        await self.place.office.parts.presses["dingtalk"].close()  # what took too long to be told is finished first

    async def _tasks(self) -> list[Task]:
        async with self.place.office.database.read() as session:
            return await Tasks(session).of_instance(self.instance)

    async def _let_everything_arrive(self) -> None:
        parts = self.place.office.parts
        await parts.relay.resend()
        await self.place.quiet(self.instance)

    async def _at_once(self, asked: list[Task]) -> None:
        """Everything that happens to one activation."""
        chance = Random(f"{self.seed}:{self.done}")
        presses: list[Press] = []
        for task in chance.sample(asked, k=chance.randint(2, len(asked))):
            presses += self._of_one(chance, task, self._choice(chance, task))
        over = [task for task in await self._tasks() if task.node in PEOPLE and task.epoch < asked[0].epoch]
        if over and chance.random() < 0.5:
            presses += self._on_an_old_screen(chance, chance.choice(over))
        chance.shuffle(presses)
        turns = [chance.randint(0, 40) for _ in presses]
        await asyncio.gather(*(_after(turn, press) for turn, press in zip(turns, presses, strict=True)))

    def _choice(self, chance: Random, task: Task) -> Action:
        """Back and forth for as long as it shall last, then forward."""
        if self.done >= self.wanted:
            return Action.APPROVE
        if task.node == "second":
            return chance.choice((Action.RETURN, Action.REJECT))
        return chance.choice((Action.APPROVE, Action.APPROVE, Action.REJECT))

    def _of_one(self, chance: Random, task: Task, action: Action) -> list[Press]:
        """One press of one person, often with a second tap or on both channels, at times with a reply that is lost."""
        name = f"{self.seed}:{self.done}"
        by_api = partial(self._by_api, task, action, name)
        by_chat = by_api if action is Action.RETURN else partial(self._by_chat, task, action)
        lost, unheard = partial(self._lost, task, action, name), partial(self._unheard, task, action, name)
        ways = {
            "api": (by_api,), "chat": (by_chat,), "api twice": (by_api, by_api), "chat twice": (by_chat, by_chat),
            "both": (by_api, by_chat), "lost": (lost, self._relay), "lost, then again": (lost, self._relay, by_api),
            "unheard": (unheard, self._relay), "unheard, then again": (unheard, self._relay, by_api),
        }  # fmt: skip
        way = chance.choices(list(ways), (4, 4, 2, 2, 2, 1, 1, 1, 1))[0]
        self.ways[way] += 1
        return list(ways[way])

    def _on_an_old_screen(self, chance: Random, task: Task) -> list[Press]:
        """Somebody presses what was over before this activation began."""
        action = chance.choice((Action.APPROVE, Action.REJECT))
        self.ways["old screen"] += 1
        if chance.random() < 0.5:
            # the same button that was pressed in time is that press once more
            self.old_screens |= {self._chat_click(task, action)} - self.told.by_click.keys()
            return [partial(self._by_chat, task, action)]
        name = f"old {self.seed}:{self.done}"
        self.old_screens.add(self._click(task, action, name).id)
        return [partial(self._by_api, task, action, name)]

    # The ways

    def _decision(self, task: Task, action: Action, name: str) -> Decision:
        target = "first" if action is Action.RETURN else None
        return Decision(action=action, opinion=OPINION, form_hash=task.form_hash, target=target, id=name)

    def _click(self, task: Task, action: Action, name: str) -> Click:
        return click_of(task, task.person, self._decision(task, action, name), {}, self.place.office.parts)

    def _chat_click(self, task: Task, action: Action) -> str:
        card = str(int(self.place.office.buttons_last_until.timestamp()))
        return click_id(task.id, task.person, action, task.form_hash, OPINION, seen=card)

    async def _by_api(self, task: Task, action: Action, name: str) -> None:
        decision = self._decision(task, action, name)
        said = decision.model_dump(mode="json", exclude_none=True)
        reply = await self.place.post(f"/api/v1/tasks/{task.id}/decide", said, person=task.person)
        assert reply.status_code in {200, 202}, reply.text
        outcome, click = reply.json(), self._click(task, action, name)
        self.told.note(click.id, (outcome["verdict"], outcome["first"]) if outcome["verdict"] else None)

    async def _by_chat(self, task: Task, action: Action) -> None:
        reply = await self.place.office.press(task, action, opinion=OPINION)
        click = self._chat_click(task, action)
        self.told.note(click)
        self.cards.append(Card(click, action, shown(reply)))

    async def _lost(self, task: Task, action: Action, name: str) -> None:
        """The API keeps the press and dies before it asks the instance."""
        click = self._click(task, action, name)
        earlier = click.model_copy(update={"at": click.at - _LONG_AGO})
        await self.place.office.parts.journey.keep(earlier, Origin("api"))
        self.told.note(click.id)

    async def _unheard(self, task: Task, action: Action, name: str) -> None:
        """The API asks the instance and dies before it keeps the answer; another one sends the press on once more."""
        await self._lost(task, action, name)
        try:
            click = self._click(task, action, name)
            await self.place.office.parts.running.decide(self.instance, click)
            await self.place.office.parts.running.signal_decision(self.instance, click)
        except (InstanceClosed, Unavailable):
            self.ways["unanswered"] += 1

    async def _relay(self) -> None:
        await self.place.office.parts.relay.resend()

    async def kept(self) -> dict[str, Answer | None]:
        """What the table of clicks has of all that was pressed."""
        async with self.place.office.database.read() as session:
            rows = {click: await Clicks(session).find(click) for click in self.told.by_click}
        assert None not in rows.values(), "a press was never kept"
        return {click: row.answer for click, row in rows.items() if row}


async def _after(turns: int, press: Press) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)
    await press()
