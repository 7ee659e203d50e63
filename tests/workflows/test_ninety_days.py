"""A quarter in a moment, on Temporal's time-skipping server: deadlines, feasts, make-up days, and somebody away."""

import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from temporalio import activity
from temporalio.client import WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from postroad.directory.deadline import reckon
from postroad.directory.resolve import resolve
from postroad.files import load_yaml
from postroad.model.absence import Absence
from postroad.model.calendar import WorkingCalendar
from postroad.model.deadline import Reckoning
from postroad.model.decision import Action
from postroad.model.people import Organisation, Resolution
from postroad.model.start import Finished, Start
from postroad.model.task import Task
from tests.process.staging import definition
from tests.workflows.acts import decide, press
from tests.workflows.world import World
from workers.crew import hire
from workflows.queues import CORE
from workflows.steps import ReckonOrder, ResolveOrder

CHINA = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 2, 2, 9, tzinfo=CHINA)
"""A Monday. The Spring Festival is from the 15th to the 23rd, worked for on Saturdays, the 14th and the 28th."""

COMPANY = Organisation.model_validate(
    {
        "people": [
            {"id": "li", "name": "李四"},
            {"id": "chen", "name": "陈静", "superior": "zhang"},
            {"id": "sun", "name": "孙磊"},
            {"id": "zhang", "name": "张伟"},
            {"id": "wang", "name": "王强", "superior": "zhao"},
            {"id": "zhao", "name": "赵敏"},
            {"id": "qian", "name": "钱芳"},
            {"id": "admin", "name": "管理员"},
        ],
        "roles": [
            {"role": "buyer", "person": "chen"},
            {"role": "director", "person": "wang"},
            {"role": "owner", "person": "qian"},
            {"role": "process_admin", "person": "admin"},
        ],
    }
)
AWAY = Absence.model_validate(
    {
        "id": "leave",
        "principal": "chen",
        "agent": "sun",
        "from": datetime(2026, 4, 9, 18, tzinfo=CHINA),
        "to": datetime(2026, 4, 17, 9, tzinfo=CHINA),
    }
)
"""Chen is away for a week, and Sun acts for her."""

STEPS = """
- {approval: first, who: {role: buyer}, deadline: {after: 4d, ladder: [remind, superior, admin]}}
- {approval: second, who: {role: director}, deadline: {after: 8h, ladder: [remind, superior]}}
- {wait: month, for: 30d}
- {approval: third, who: {role: buyer}, deadline: {after: 3d, ladder: [remind, pass], warn: 1d}}
- {approval: fourth, who: {role: buyer}, deadline: {after: 1d, ladder: [remind, remind, superior]}}
- {wait: week, for: 7d}
- {approval: fifth, who: {role: buyer}, deadline: {after: 1d, ladder: [remind]}}
- {wait: ten_days, for: 10d}
- {approval: last, who: {role: owner}, deadline: {after: 1d, ladder: [remind]}}
"""
"""Two approvals nobody sees to in time, one that passes by itself, one that an agent sees to, late, one for her who is
back, and one that waits for a feast to be over."""


class Quarter(World):
    """A company whose calendar begins with the spring of 2026, whenever the test is run."""

    shift: timedelta | None = None

    @activity.defn(name="people.resolve")
    async def resolve(self, order: ResolveOrder) -> Resolution:
        assert order.at is not None
        return resolve(
            order.who,
            owner=order.owner,
            initiator=order.initiator,
            variables=order.variables,
            organisation=COMPANY,
            fallback=order.fallback,
            absences=(AWAY,),
            at=self._on_the_calendar(order.at),
            process=order.process,
        )

    @activity.defn(name="calendar.reckon")
    async def reckon(self, order: ReckonOrder) -> Reckoning:
        found = reckon(WorkingCalendar(), order.deadline, self._on_the_calendar(order.since))
        assert self.shift is not None
        calls = tuple(call.model_copy(update={"at": call.at + self.shift}) for call in found.calls)
        return Reckoning(due=found.due + self.shift, calls=calls)

    def date(self, at: datetime) -> str:
        """What calendars and clocks in the company show at that moment."""
        return f"{(self._on_the_calendar(at) + timedelta(seconds=30)).astimezone(CHINA):%m-%d %H:%M}"

    def _on_the_calendar(self, at: datetime) -> datetime:
        self.shift = self.shift or at - BEGIN
        return at - self.shift


@pytest.fixture
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    """A server of its own for each test: instances left open by another would stop its clock."""
    environment = await WorkflowEnvironment.start_time_skipping(
        data_converter=pydantic_data_converter,
        test_server_existing_path=str(Path(sys.executable).with_name("temporal-test-server")),
    )
    yield environment
    await environment.shutdown()


class Played:
    """The instance, and the days going by."""

    def __init__(
        self, environment: WorkflowEnvironment, world: Quarter, handle: WorkflowHandle[object, Finished]
    ) -> None:
        self._environment, self.world, self.handle = environment, world, handle

    async def until(self, month: int, day: int, hour: int) -> None:
        assert self.world.shift is not None
        moment = datetime(2026, month, day, hour, tzinfo=CHINA) + self.world.shift
        await self._environment.sleep(moment - await self._environment.get_current_time())

    async def approves(self, person: str) -> Task:
        """The task as it was when that person approved it."""
        task = await self.world.asked(person)
        await decide(self.handle, press(task, Action.APPROVE, actor=person))
        return task

    @property
    def story(self) -> list[tuple[str, str]]:
        lines = [line for _, line in sorted(self.world.lines[self.handle.id].items())]
        told = {"reminded", "warned", "escalated", "auto", "clicked", "finished"}
        return [(self.world.date(line.at), line.text.zh) for line in lines if line.kind in told]


async def test_a_quarter_with_feasts_somebody_away_and_everybody_late_ends_well_and_every_rung_came_when_it_should(
    skipping: WorkflowEnvironment,
) -> None:
    world = Quarter(definition(*load_yaml(STEPS)), [], {})
    async with AsyncExitStack() as crew:
        for worker in hire(skipping.client, world.crew()):
            await crew.enter_async_context(worker)
        start = Start(release="quarter@1", process=world.process, document=world.submit("Q-1"), events_per_run=60)
        handle = await skipping.client.start_workflow(
            "order", start, id="order:erp:Q-1:1", task_queue=CORE, result_type=Finished
        )
        play = Played(skipping, world, handle)
        await world.asked("chen")
        await play.until(2, 26, 10)
        await play.approves("admin")
        await world.asked("wang")
        await play.until(3, 2, 9)
        await play.approves("zhao")
        await play.until(4, 14, 10)
        for_chen = await play.approves("sun")
        await play.until(4, 22, 11)
        back = await play.approves("chen")
        await play.until(5, 8, 9)
        await play.approves("qian")
        finished = await handle.result()
        in_another_run = (await handle.describe()).run_id != handle.first_execution_run_id

    assert (finished.outcome, in_another_run) == ("approved", True)
    assert (for_chen.person, for_chen.agent, back.person, back.agent) == ("chen", "sun", "chen", None)
    assert play.story == [
        ("02-06 09:00", "超时提醒 陈静"),
        ("02-12 09:00", "陈静 超时，转交上级 张伟"),
        ("02-25 09:00", "张伟 超时，转交管理员 管理员"),
        ("02-26 10:00", "已同意"),
        ("02-27 10:30", "超时提醒 王强"),
        ("02-28 11:00", "王强 超时，转交上级 赵敏"),
        ("03-02 09:00", "已同意"),
        ("04-07 09:00", "超时提醒 陈静"),
        ("04-09 09:00", "即将超时自动通过，已提醒 陈静"),
        ("04-10 09:00", "陈静 未在期限内处理，超时自动通过"),
        ("04-13 09:00", "超时提醒 陈静（孙磊 代）"),
        ("04-14 09:00", "超时提醒 陈静（孙磊 代）"),
        ("04-14 10:00", "代 陈静 已同意"),
        ("04-22 10:00", "超时提醒 陈静"),
        ("04-22 11:00", "已同意"),
        ("05-07 09:00", "超时提醒 钱芳"),
        ("05-08 09:00", "已同意"),
        ("05-08 09:00", "流程结束：已通过"),
    ]
