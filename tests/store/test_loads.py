"""Loads follow the tasks as these are written down."""

from datetime import timedelta

import pytest

from postroad.model.assignment import Load
from postroad.model.decision import Action
from postroad.model.task import Task, TaskKind, TaskState
from postroad.store import Database
from postroad.store.load_check import PATIENCE, LoadCheck
from postroad.store.loads import Change, Loads
from postroad.store.tasks import Tasks
from tests.store.dispatching import give, loads_of
from tests.store.samples import NOW, a_task


async def _put(database: Database, *tasks: Task) -> dict[str, tuple[int, int]]:
    async with database.begin() as session:
        await Tasks(session).put(*tasks)
    return await loads_of(database, "chen", "zhou")


async def test_an_open_task_counts_as_what_it_is_estimated_at_until_it_is_over(database: Database) -> None:
    assert await _put(database, a_task(1), a_task(2, minutes=90)) == {"chen": (2, 150)}
    assert await _put(database, a_task(1, 2, state=TaskState.DONE)) == {"chen": (1, 90)}
    assert await _put(database, a_task(2, 2, minutes=90, state=TaskState.CANCELLED)) == {"chen": (0, 0)}


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": TaskKind.CC},
        {"state": TaskState.WAITING},
        {"state": TaskState.DONE},
        {"actions": (Action.CLAIM,)},
    ],
    ids=["a copy", "not his turn", "over", "for anybody to claim"],
)
async def test_what_nobody_has_to_do_now_does_not_count(database: Database, facts: dict[str, object]) -> None:
    assert await _put(database, a_task(1, **facts)) == {}


async def test_it_follows_the_task_to_whoever_does_it_now(database: Database) -> None:
    await _put(database, a_task(1))

    assert await _put(database, a_task(1, 2, agent="zhou")) == {"chen": (0, 0), "zhou": (1, 60)}
    assert await _put(database, a_task(1, 3)) == {"chen": (1, 60), "zhou": (0, 0)}
    handed_over = a_task(1, 4, state=TaskState.CANCELLED), a_task(2, 4, person="zhou")
    assert await _put(database, *handed_over) == {"chen": (0, 0), "zhou": (1, 60)}


async def test_the_same_picture_or_an_older_one_changes_nothing(database: Database) -> None:
    await _put(database, a_task(1, 3))

    assert await _put(database, a_task(1, 3)) == {"chen": (1, 60)}
    assert await _put(database, a_task(1, 2, state=TaskState.DONE)) == {"chen": (1, 60)}


async def test_a_load_that_is_wrong_is_found_and_put_right(database: Database) -> None:
    await _put(database, a_task(1), a_task(2, person="zhou"))
    async with database.begin() as session:
        await Loads(session).change({"chen": Change(2, 45), "wang": Change(-1, -60)})

    async with database.begin() as session:
        found = await LoadCheck(session).put_right(NOW)

    assert [(one.person, one.tasks, one.real_tasks, one.real_minutes) for one in found] == [
        ("chen", 3, 1, 60),
        ("wang", -1, 0, 0),
    ]
    assert await loads_of(database, "chen", "zhou", "wang") == {"chen": (1, 60), "zhou": (1, 60), "wang": (0, 0)}
    async with database.read() as session:
        assert await LoadCheck(session).differences() == []


async def test_what_never_came_is_given_up_after_a_while_and_counted_once_if_it_comes_yet(database: Database) -> None:
    person = await give(database, a_task().id, "chen")
    async with database.begin() as session:
        assert await LoadCheck(session).put_right(NOW + PATIENCE - timedelta(seconds=1)) == []
    assert await loads_of(database, person) == {"chen": (1, 60)}

    async with database.begin() as session:
        await LoadCheck(session).put_right(NOW + PATIENCE + timedelta(seconds=1))
    assert await loads_of(database, person) == {"chen": (0, 0)}
    assert await _put(database, a_task(1)) == {"chen": (1, 60)}


async def test_somebody_who_was_given_something_is_known_to_have_been(database: Database) -> None:
    await give(database, a_task().id, "chen")
    await _put(database, a_task(1))

    async with database.read() as session:
        assert await Loads(session).of(["chen"]) == {"chen": Load(tasks=1, minutes=60, last_at=NOW)}
