"""Cards follow their tasks: each person sees one card, and it says what the task now is."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.cards import CardSync
from activities.chat import Chat
from activities.tasks import Recorder
from postroad.chat.base import ChatPort, Delivery
from postroad.chat.card import Card, card_of, ref_of
from postroad.chat.errors import ChatFailure, Later, Misconfigured, QuotaSpent
from postroad.chat.memory import MemoryChat
from postroad.model.decision import Answer, Verdict
from postroad.model.label import Label
from postroad.model.people import Organisation, Person
from postroad.model.task import Record, Task, TaskKind, TaskState
from postroad.store.cards import CardRow, Cards, Wish
from postroad.store.database import Database
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.tasks import Tasks
from tests.activities.conftest import utc_now
from tests.chat.conftest import addresses, dingtalk, listener
from tests.chat.platforms import DingTalkPlatform
from tests.chat.things import INSTANCE, LOOK, NAMES, NOW, TOKENS, approved, instance, task
from workflows.steps import CardsOrder, Recorded, RecordOrder

__all__ = ["addresses", "dingtalk", "listener"]

PEOPLE = Organisation(
    people=tuple(Person(id=id_, name=name, accounts={"memory": id_, "dingtalk": id_}) for id_, name in NAMES.items())
)


class FailingChat(MemoryChat):
    """A platform that fails as told, call by call, before it does anything; `late` ones fail after they did it."""

    def __init__(self) -> None:
        super().__init__(NAMES)
        self.failures: list[ChatFailure] = []
        self.late: list[ChatFailure] = []

    async def deliver(self, card: Card, account: str, ref: str) -> Delivery:
        if self.failures:
            raise self.failures.pop(0)
        delivery = await super().deliver(card, account, ref)
        if self.late:
            raise self.late.pop(0)
        return delivery


class Office:
    """The activity on a database of its own, with the tasks that the workflow would have recorded."""

    def __init__(self, database: Database, chat: ChatPort) -> None:
        self.database, self.platform = database, chat.platform
        cards = CardSync({chat.platform: chat}, database, TOKENS, LOOK, utc_now)
        self.chat, self.recorder = Chat(cards), Recorder(database, utc_now, cards)

    async def record(self, *tasks: Task) -> None:
        async with self.database.begin() as session:
            await Instances(session).put(instance())
            await Tasks(session).put(*tasks)
            await Cards(session).want_all([Wish(one, who, self.platform) for one in tasks for who in one.people], NOW)

    async def told(self, *tasks: Task, show: bool = True, answers: Sequence[Answer] = ()) -> Recorded:
        """The same by the activity itself, which shows it too."""
        record = Record(instance=instance(), tasks=tasks, answers=tuple(answers))
        order = RecordOrder(record=record, show=show)
        recorded = await ActivityEnvironment().run(self.recorder.record, order)
        assert isinstance(recorded, Recorded)
        return recorded

    async def sync(self) -> None:
        await ActivityEnvironment().run(self.chat.sync_cards, CardsOrder(instance=INSTANCE))

    async def fails(self) -> ApplicationError:
        with pytest.raises(ApplicationError) as raised:
            await self.sync()
        return raised.value

    async def row(self, of: Task) -> CardRow:
        async with self.database.read() as session:
            row = await Cards(session).find(of.id, of.person)
        assert row is not None
        return row

    async def answering(self, of: Task, seconds: float) -> None:
        async with self.database.begin() as session:
            await Cards(session).answering(of.id, of.person, utc_now() + timedelta(seconds=seconds))

    async def answered(self, of: Task, digest: str | None) -> None:
        async with self.database.begin() as session:
            await Cards(session).answered(of.id, of.person, digest)


class SlowChat(MemoryChat):
    """A platform that has not answered yet when it is asked how things are."""

    def __init__(self) -> None:
        super().__init__(NAMES)
        self.awake = asyncio.Event()

    async def deliver(self, card: Card, account: str, ref: str) -> Delivery:
        delivery = await super().deliver(card, account, ref)
        await self.awake.wait()
        return delivery


@pytest.fixture
def chat() -> FailingChat:
    return FailingChat()


@pytest.fixture
async def office(database: Database, chat: FailingChat) -> Office:
    async with database.begin() as session:
        await People(session).load(PEOPLE)
    return Office(database, chat)


@pytest.fixture
async def dingtalk_office(database: Database, dingtalk: DingTalkPlatform) -> Office:
    async with database.begin() as session:
        await People(session).load(PEOPLE)
    return Office(database, dingtalk.chat)


def statuses(chat: MemoryChat) -> list[str]:
    return [shown.card.status for shown in chat.screens.values()]


def of_wang(**changes: object) -> Task:
    return task(id=f"{INSTANCE}/approve/1/2", person="wang", **changes)


async def test_a_new_task_is_a_new_card_with_working_buttons(office: Office, chat: FailingChat) -> None:
    await office.record(task())

    await office.sync()

    shown = chat.screens[ref_of(task().id)]
    assert shown.account == "chen"
    assert {TOKENS.read(button.token, NOW).person for button in shown.card.buttons} == {"chen"}


async def test_person_and_agent_each_have_a_card_and_both_end_alike(office: Office, chat: FailingChat) -> None:
    absent = {"name": "陈静", "agent": "wang", "agent_name": "王强"}
    await office.told(task(**absent))
    assert {shown.account: len(shown.card.buttons) for shown in chat.screens.values()} == {"chen": 2, "wang": 2}

    await office.told(approved(**absent, decided_by="wang"))

    assert {shown.card.by.split(" 1")[0] for shown in chat.screens.values()} == {"王强 代 陈静"}
    assert statuses(chat) == ["已同意", "已同意"]


async def test_an_agent_whose_time_is_over_sees_so_and_one_who_never_had_a_card_gets_none(
    office: Office, chat: FailingChat
) -> None:
    await office.told(task(agent="wang"))
    await office.told(task(revision=2, former_agents=("wang", "li")))

    assert {shown.account: shown.card.status for shown in chat.screens.values()} == {"chen": "", "wang": "不再代理"}


async def test_what_is_shown_is_not_sent_again(office: Office, chat: FailingChat) -> None:
    await office.record(task())

    await office.sync()
    await office.sync()

    assert [what for what, _ in chat.sent] == ["deliver"]


async def test_a_decision_updates_the_card_in_place(office: Office, chat: FailingChat) -> None:
    await office.record(task())
    await office.sync()
    await office.record(approved())

    await office.sync()

    assert statuses(chat) == ["已同意"]
    assert [what for what, _ in chat.sent] == ["deliver", "update"]


async def test_a_change_that_nobody_can_see_is_not_sent(office: Office, chat: FailingChat) -> None:
    await office.record(task())
    await office.sync()
    await office.record(task(revision=2))

    await office.sync()

    assert ([what for what, _ in chat.sent], (await office.row(task())).shown_revision) == (["deliver"], 2)


async def test_a_card_that_the_answer_to_the_press_already_changed_is_left_alone(
    office: Office, chat: FailingChat
) -> None:
    await office.record(task())
    await office.sync()
    await office.record(approved())
    await office.answered(task(), card_of(approved(), instance(), LOOK, NAMES).digest)

    await office.sync()

    assert [what for what, _ in chat.sent] == ["deliver"]


async def test_while_a_press_is_being_answered_the_card_is_not_touched(office: Office, chat: FailingChat) -> None:
    await office.record(task())
    await office.sync()
    await office.record(approved())
    await office.answering(task(), 30)

    syncing = asyncio.create_task(office.sync())
    done, _ = await asyncio.wait({syncing}, timeout=0.4)
    touched = [what for what, _ in chat.sent]
    await office.answered(task(), None)
    await syncing

    assert (done, touched, [what for what, _ in chat.sent]) == (set(), ["deliver"], ["deliver", "update"])


async def test_a_press_whose_answer_never_ended_holds_the_card_up_for_a_while_only(
    office: Office, chat: FailingChat
) -> None:
    await office.record(task())
    await office.sync()
    await office.record(approved())
    await office.answering(task(), 0.3)

    await office.sync()

    assert statuses(chat) == ["已同意"]


@pytest.mark.parametrize("closed", [approved(), task(state=TaskState.CANCELLED, actions=(), revision=2)])
async def test_a_task_that_was_over_before_anybody_was_told_is_not_told(
    office: Office, chat: FailingChat, closed: Task
) -> None:
    await office.record(closed)

    await office.sync()

    assert (chat.sent, (await office.row(closed)).shown_revision) == ([], 2)


async def test_a_copy_is_sent_though_nothing_is_to_be_done(office: Office, chat: FailingChat) -> None:
    await office.record(task(kind=TaskKind.CC, state=TaskState.DONE, actions=()))

    await office.sync()

    assert statuses(chat) == ["抄送"]


async def test_a_lost_answer_makes_neither_a_second_card_nor_an_outdated_one(office: Office, chat: FailingChat) -> None:
    chat.late = [Later("断线", "cut")]
    await office.record(task())
    await office.fails()
    await office.record(approved())

    await office.sync()

    assert statuses(chat) == ["已同意"]


async def test_a_person_without_an_account_does_not_hold_up_the_others(office: Office, chat: FailingChat) -> None:
    chat.accounts.remove("chen")
    await office.record(task(), of_wang())

    await office.sync()

    row = await office.row(task())
    assert (row.state, "chen" in (row.error or "")) == ("unreachable", True)
    assert [shown.account for shown in chat.screens.values()] == ["wang"]


async def test_a_card_that_fails_does_not_hold_up_the_others(office: Office, chat: FailingChat) -> None:
    chat.failures = [Later("系统错误", "system error")]
    await office.record(task(), of_wang())

    await office.fails()
    reached_first = [shown.account for shown in chat.screens.values()]
    await office.sync()

    assert (reached_first, len(chat.screens)) == (["wang"], 2)


@pytest.mark.parametrize(
    ("failures", "seconds", "calls_left"),
    [
        ([Later("限流", "limit", timedelta(seconds=60))] * 2, 60, 1),
        ([QuotaSpent("额度", "quota")] * 2, 3600, 1),
        ([Misconfigured("权限", "permission")] * 2, 60, 0),
    ],
)
async def test_the_platform_is_left_alone_for_as_long_as_it_wants(
    office: Office, chat: FailingChat, failures: Sequence[ChatFailure], seconds: int, calls_left: int
) -> None:
    chat.failures = list(failures)
    await office.record(task(), of_wang())

    error = await office.fails()

    assert error.next_retry_delay == timedelta(seconds=seconds)
    assert (error.non_retryable, len(chat.failures)) == (False, calls_left)


async def test_a_card_that_the_platform_forgot_is_sent_anew(office: Office, chat: FailingChat) -> None:
    await office.record(task())
    await office.sync()
    chat.screens.clear()
    await office.record(approved())

    await office.sync()

    assert statuses(chat) == ["已同意"]


async def test_syncing_twice_at_once_shows_one_card(office: Office, chat: FailingChat) -> None:
    await office.record(task())

    await asyncio.gather(office.sync(), office.sync())

    assert statuses(chat) == [""]


async def test_on_dingtalk_a_task_comes_and_its_decision_shows(
    dingtalk_office: Office, dingtalk: DingTalkPlatform
) -> None:
    await dingtalk_office.record(task())
    await dingtalk_office.sync()
    before = await dingtalk.screen("chen")
    await dingtalk_office.record(approved())

    await dingtalk_office.sync()

    assert [one["status"] for one in [*before, *(await dingtalk.screen("chen"))]] == ["", "已同意"]


@pytest.mark.parametrize("kind", ["drop_reply", "error_after_commit", "error_before", "outage", "rate_limit"])
async def test_whatever_dingtalk_does_the_person_sees_one_card(
    dingtalk_office: Office, dingtalk: DingTalkPlatform, kind: str
) -> None:
    await dingtalk_office.record(task())
    await dingtalk.fault(kind, times=1, match="createAndDeliver")
    await dingtalk_office.fails()
    await dingtalk_office.record(approved())

    await dingtalk_office.sync()

    assert len(await dingtalk.screen("chen")) <= 1
    assert {one["status"] for one in await dingtalk.screen("chen")} <= {"已同意"}


async def test_a_record_brings_its_cards_with_it(office: Office, chat: FailingChat) -> None:
    recorded = [await office.told(task()), await office.told(approved())]

    assert [one.cards_due for one in recorded] == [False, False]
    assert [what for what, _ in chat.sent] == ["deliver", "update"]


async def test_a_record_waits_for_the_answer_to_a_press_and_then_shows_what_came_of_it(
    office: Office, chat: FailingChat
) -> None:
    await office.told(task())
    await office.answering(task(), 0.3)

    recorded = await office.told(approved())

    assert (recorded.cards_due, statuses(chat)) == (False, ["已同意"])


async def test_a_record_that_only_answers_a_press_shows_its_card_once_more(office: Office, chat: FailingChat) -> None:
    await office.told(task())
    await office.answered(task(), "of a card that said 处理中")
    answer = Answer(click="c-1", verdict=Verdict.LATE, message=Label.of("晚了"))

    recorded = await office.told(answers=[answer])

    assert (recorded.cards_due, [what for what, _ in chat.sent]) == (False, ["deliver", "deliver", "update"])


async def test_a_record_that_is_not_to_be_shown_leaves_its_cards_due(office: Office, chat: FailingChat) -> None:
    recorded = [await office.told(task(), show=False), await office.told(show=False)]

    assert [one.cards_due for one in recorded] == [True, False]
    assert chat.sent == []


async def test_a_platform_that_fails_does_not_fail_the_record(office: Office, chat: FailingChat) -> None:
    chat.failures = [Later("系统错误", "system error")]

    recorded = await office.told(task())
    await office.sync()

    assert (recorded.cards_due, statuses(chat)) == (True, [""])


async def test_a_platform_that_does_not_answer_holds_a_record_up_for_a_moment_only(database: Database) -> None:
    async with database.begin() as session:
        await People(session).load(PEOPLE)
    slow = SlowChat()
    office = Office(database, slow)
    async with asyncio.timeout(5):
        recorded = await office.told(task(), of_wang())
    slow.awake.set()
    await office.sync()

    assert recorded.cards_due
    assert sorted(shown.account for shown in slow.screens.values()) == ["chen", "wang"]
