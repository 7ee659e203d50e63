from datetime import timedelta
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import Connection, MetaData, Table, create_engine, select

from postroad.model.decision import Action
from postroad.model.refusals import Malformed
from postroad.model.task import InstanceStatus, TaskKind, TaskState
from postroad.store import Database, migrate
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks
from postroad.store.todo import Todo, TodoRow
from postroad.store.todo_list import Box, Counts, TodoList, Wanted, cursor
from postroad.store.upsert import table_of
from tests.store.samples import INSTANCE, NOW, a_task, an_instance, later

DAY = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
DONE = {"state": TaskState.DONE, "action": Action.APPROVE, "actions": ()}


@pytest.fixture
async def there(database: Database) -> Database:
    """A database that knows the purchase."""
    async with database.begin() as session:
        await Instances(session).put(an_instance())
    return database


def wanted(box: Box = Box.OPEN, **more: Any) -> Wanted:
    return Wanted(box=box, now=NOW, day=DAY, **more)


async def put(database: Database, *tasks: Any) -> None:
    async with database.begin() as session:
        await Tasks(session).put(*tasks)


async def listed(database: Database, person: str = "chen", box: Box = Box.OPEN, **more: Any) -> list[str]:
    async with database.read() as session:
        return [one.task or one.instance for one in await TodoList(session).page(person, wanted(box, **more))]


async def test_a_task_goes_from_the_open_box_to_the_done_one(there: Database) -> None:
    await put(there, a_task())
    assert await listed(there) == [a_task().id]

    await put(there, a_task(revision=2, decided_by="chen", closed_at=later(), **DONE))

    assert (await listed(there), await listed(there, box=Box.DONE)) == ([], [a_task().id])


async def test_an_older_picture_puts_nothing_back(there: Database) -> None:
    await put(there, a_task(revision=2, decided_by="chen", closed_at=later(), **DONE))

    await put(there, a_task(revision=1))

    assert await listed(there) == []


async def test_a_task_is_listed_for_the_agent_until_somebody_else_stands_in(there: Database) -> None:
    await put(there, a_task(agent="sun"))
    assert (await listed(there, "sun"), await listed(there)) == ([a_task().id], [a_task().id])

    await put(there, a_task(revision=2, agent="zhao", former_agents=("sun",)))

    assert (await listed(there, "sun"), await listed(there, "zhao")) == ([], [a_task().id])


async def test_what_an_agent_decided_is_done_for_both_also_when_the_absence_is_over(there: Database) -> None:
    await put(there, a_task(former_agents=("sun",), decided_by="sun", closed_at=later(), **DONE))

    assert (await listed(there, "sun", Box.DONE), await listed(there, "chen", Box.DONE)) == ([a_task().id],) * 2


async def test_a_task_that_somebody_else_was_faster_with_is_in_no_box(there: Database) -> None:
    await put(there, a_task(state=TaskState.CANCELLED, closed_at=later()))

    assert [await listed(there, box=box) for box in Box] == [[]] * 4


async def test_what_a_person_started_is_listed_newest_first(there: Database) -> None:
    async with there.begin() as session:
        await Instances(session).put(an_instance("second", started_at=later()))

    assert await listed(there, "li", Box.STARTED) == ["second", INSTANCE]
    assert await listed(there, "chen", Box.STARTED) == []


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("pr-1", True),
        ("李四", True),
        ("采购", True),
        ("28000", True),
        ("李四 采购", True),
        ("李四 销售", False),
        ("%", False),
    ],
)
async def test_a_search_finds_number_initiator_process_and_summary(
    there: Database, search: str, *, is_found: bool
) -> None:
    await put(there, a_task())

    assert bool(await listed(there, words=search.split())) is is_found
    assert bool(await listed(there, "li", Box.STARTED, words=search.split())) is is_found


async def test_a_search_never_finds_what_a_task_hides(there: Database) -> None:
    await put(there, a_task(fields={"amount": "hidden"}))

    assert await listed(there, words=["28000"]) == []
    assert await listed(there, words=["李四"]) == [a_task().id]


async def test_a_list_can_be_of_one_process_and_one_system(there: Database) -> None:
    await put(there, a_task())

    assert await listed(there, process="purchase-approval", system="erp") == [a_task().id]
    assert await listed(there, process="leave") == []
    assert await listed(there, system="oa") == []
    assert await listed(there, "li", Box.STARTED, system="oa") == []


async def test_a_list_can_be_of_what_is_due(there: Database) -> None:
    late, today, soon, never = (
        a_task(1, due_at=NOW - timedelta(days=1)),
        a_task(2, due_at=NOW + timedelta(hours=1)),
        a_task(3, due_at=NOW + timedelta(days=3)),
        a_task(4),
    )
    await put(there, late, today, soon, never)

    assert await listed(there, due="overdue") == [late.id]
    assert await listed(there, due="today") == [today.id]
    assert await listed(there, due="week", order="due") == [today.id, soon.id]
    assert await listed(there, order="due") == [one.id for one in (late, today, soon, never)]


@pytest.mark.parametrize("order", ["newest", "oldest", "due"])
async def test_paging_shows_everything_once_in_every_order(there: Database, order: Any) -> None:
    tasks = [
        a_task(slot, opened_at=later(slot // 2), due_at=later(slot // 3) if slot % 2 else None) for slot in range(7)
    ]
    await put(there, *tasks)

    seen: list[str] = []
    async with there.read() as session:
        after = None
        while page := await TodoList(session).page("chen", wanted(order=order, limit=2, after=after)):
            seen += [one.task or "" for one in page]
            after = cursor(page[-1])

    assert seen == await listed(there, order=order)
    assert sorted(seen) == sorted(task.id for task in tasks)


@pytest.mark.parametrize("after", ["nonsense", "-~task", "2026-03-02T08:30:15~task", "2026-03-02T08:30:15Z~"])
async def test_a_page_after_what_ended_none_is_refused(there: Database, after: str) -> None:
    with pytest.raises(Malformed):
        await listed(there, after=after)


async def test_the_counts_are_those_of_the_lists(there: Database) -> None:
    await put(
        there,
        a_task(1, due_at=NOW - timedelta(days=1)),
        a_task(2, due_at=NOW + timedelta(hours=1)),
        a_task(3),
        a_task(4, kind=TaskKind.CC, state=TaskState.DONE),
        a_task(5, kind=TaskKind.CC, state=TaskState.DONE),
        a_task(6, decided_by="chen", closed_at=later(), **DONE),
    )
    async with there.begin() as session:
        await Instances(session).put(an_instance("over", status=InstanceStatus.FINISHED))

    async with there.read() as session:
        assert await TodoList(session).counts("chen", NOW, DAY) == Counts(3, 1, 1, 2, 0)
        assert await TodoList(session).counts("li", NOW, DAY) == Counts(0, 0, 0, 0, 1)


async def test_a_copy_that_was_read_stays_read_also_when_its_task_changes(there: Database) -> None:
    copy = {"kind": TaskKind.CC, "state": TaskState.DONE}
    await put(there, a_task(1, **copy), a_task(2, **copy))
    async with there.begin() as session:
        assert await Todo(session).read("chen", [a_task(1).id, "unknown"], NOW) == 1
        assert await Todo(session).read("chen", [a_task(1).id], NOW) == 0
        assert await Todo(session).read("li", [a_task(2).id], NOW) == 0

    await put(there, a_task(1, revision=2, **copy))

    async with there.read() as session:
        page = await TodoList(session).page("chen", wanted(Box.COPIED))
    assert {one.task: one.is_unread for one in page} == {a_task(1).id: False, a_task(2).id: True}


def test_the_migration_fills_the_lists_from_what_was_there_before(empty_url: str) -> None:
    migrate(empty_url, "20261125_rights")
    engine = create_engine(empty_url.replace("sqlite+aiosqlite", "sqlite"))
    with engine.begin() as connection:
        _written(connection, "instances", an_instance(), **_REF, workflow="", started_at=NOW)
        for task in (
            a_task(1, agent="sun"),
            a_task(2, fields={"amount": "hidden"}, decided_by="chen", closed_at=later(), **DONE),
            a_task(3, kind=TaskKind.CC, state=TaskState.DONE),
        ):
            _written(connection, "tasks", task, **task.model_dump(include={"opened_at", "closed_at"}))

    migrate(empty_url)

    todo = table_of(TodoRow).c
    with engine.connect() as connection:
        rows = connection.execute(
            select(todo.person, todo.box, todo.at, todo.found_by).order_by(todo.task, todo.person)
        )
        found = [tuple(row) for row in rows]
    engine.dispose()
    full, part = "pr-1 李四 采购审批 purchase approval 28000.00", "pr-1 李四 采购审批 purchase approval"
    assert found == [
        ("chen", "open", NOW, full),
        ("sun", "open", NOW, full),
        ("chen", "done", later(), part),
        ("chen", "copied", NOW, full),
    ]


_REF = {"document_system": "erp", "document_kind": "purchase_requisition", "document_id": "PR-1"}


def _written(connection: Connection, name: str, said: BaseModel, **more: Any) -> None:
    """A row as a program of before wrote it."""
    table = Table(name, MetaData(), autoload_with=connection)
    row = {**said.model_dump(mode="json"), **more}
    connection.execute(table.insert().values({key: value for key, value in row.items() if key in table.c}))
