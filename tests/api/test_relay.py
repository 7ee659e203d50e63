import asyncio
from datetime import UTC, datetime, timedelta

from api.journey import Origin
from api.relay import Relay, is_due
from api.running import Running
from postroad.model.decision import Action, Click, Verdict, click_id
from postroad.model.task import Task, TaskState
from postroad.store.clicks import ClickRow, Clicks
from postroad.store.events import ErpEvents
from tests.api.erp import send, told
from tests.api.office import Office, nowhere

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def click(office: Office, task: Task) -> Click:
    return Click(
        id=click_id(task.id, task.person, Action.APPROVE),
        task=task.id,
        actor=task.person,
        action=Action.APPROVE,
        at=office.parts.now(),
    )


def relay(office: Office, running: Running | None = None) -> Relay:
    parts = office.parts
    return Relay(parts.database, running or parts.running, parts.dispatcher, parts.journey, parts.now)


async def find(office: Office, click_id: str) -> ClickRow:
    async with office.database.read() as session:
        row = await Clicks(session).find(click_id)
    assert row is not None
    return row


async def test_a_click_that_was_kept_but_never_sent_reaches_its_instance(office: Office) -> None:
    view = await office.instance()
    lost = click(office, await office.task(view))
    await office.parts.journey.keep(lost, Origin("api"))

    office.ahead(seconds=3)
    assert await relay(office).resend()

    async with office.at_work():
        assert await office.asks(view.id, "clicks") == [lost.id]
    assert (await find(office, lost.id)).signals == 1


async def test_a_click_on_its_own_way_is_left_alone(office: Office) -> None:
    fresh = click(office, await office.task(await office.instance()))
    await office.parts.journey.keep(fresh, Origin("api"))

    await relay(office).resend()

    assert (await find(office, fresh.id)).signals == 0


async def test_a_click_on_an_ended_instance_is_answered_from_the_table(office: Office) -> None:
    view = await office.instance()
    decided = {"state": TaskState.DONE, "action": "approve", "decided_by": "wang", "actions": ()}
    lost = click(office, await office.task(view, **decided))
    await office.parts.journey.keep(lost, Origin("api"))
    await office.temporal.get_workflow_handle(view.id).terminate()

    office.ahead(seconds=3)
    await relay(office).resend()

    answer = (await find(office, lost.id)).answer
    assert answer is not None
    assert (answer.verdict, answer.message.zh) == (Verdict.LATE, "王强 已同意，不能再改")


async def test_two_relays_send_a_click_once(office: Office) -> None:
    lost = click(office, await office.task(await office.instance()))
    await office.parts.journey.keep(lost, Origin("api"))

    office.ahead(seconds=3)
    await asyncio.gather(relay(office).resend(), relay(office).resend())

    assert (await find(office, lost.id)).signals == 1


async def test_while_temporal_is_away_the_relay_says_so_and_keeps_everything(office: Office) -> None:
    lost = click(office, await office.task(await office.instance()))
    await office.parts.journey.keep(lost, Origin("api"))

    office.ahead(seconds=3)
    assert not await relay(office, await nowhere()).resend()
    assert (await find(office, lost.id)).answered_at is None


def test_pauses_between_two_tries_grow_to_five_minutes() -> None:
    def row(signals: int) -> ClickRow:
        return ClickRow(
            id="c",
            platform="api",
            task="t",
            person="p",
            action="approve",
            received_at=NOON,
            signalled_at=NOON,
            signals=signals,
        )

    assert not is_due(row(1), NOON + timedelta(seconds=3))
    assert is_due(row(1), NOON + timedelta(seconds=4))
    assert not is_due(row(30), NOON + timedelta(seconds=299))
    assert is_due(row(30), NOON + timedelta(seconds=300))


async def test_a_new_event_wakes_the_relay_which_stops_when_told(office: Office) -> None:
    await office.publish()
    await office.parts.start()

    await send(office, told("e1", record=f"PR-{office.queue}"))

    async with asyncio.timeout(5):
        while await waiting(office):  # noqa: ASYNC110 - another task works it off
            await asyncio.sleep(0.02)
    await office.parts.stop()


async def waiting(office: Office) -> int:
    async with office.database.read() as session:
        return await ErpEvents(session).waiting_count()
