"""`python -m api act`, `admin`, `tasks` and `stuck`: over HTTP, with a token, as the API allows it."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
import uvicorn
from click.testing import Result
from typer.testing import CliRunner

from api.__main__ import app
from postroad.model.event import ActName
from postroad.model.task import InstanceStatus, Task
from postroad.store.instances import Instances
from tests.api.office import Office


def said(answer: Result) -> str:
    """The last line; the log of the API, which runs in this process, comes before it."""
    return answer.stdout.splitlines()[-1]


class Clerk:
    """Somebody at a terminal."""

    def __init__(self, office: Office, url: str) -> None:
        self.office, self.url = office, url

    async def says(self, *words: str, scopes: tuple[str, ...] = ("act",), person: str | None = "chen") -> Result:
        headers = await self.office.token(*scopes, person=person)
        kept = {name: one for name, one in os.environ.items() if not name.startswith("POSTROAD_")}
        told = {
            **kept,
            "POSTROAD_TOKEN": headers["Authorization"].removeprefix("Bearer "),
            "POSTROAD_PUBLIC_URL": self.url,
        }
        return await asyncio.to_thread(CliRunner().invoke, app, list(words), env=told)

    async def orders(self, *words: str) -> Result:
        return await self.says(*words, scopes=("admin",), person=None)


@pytest.fixture
async def clerk(office: Office) -> AsyncIterator[Clerk]:
    """The API on a free port, in the loop that its database belongs to."""
    config = uvicorn.Config(office.app, port=0, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    serving = asyncio.create_task(server.serve([listening]))
    async with office.at_work():
        yield Clerk(office, f"http://127.0.0.1:{listening.getsockname()[1]}")
    server.should_exit = True
    await serving


async def _task(clerk: Clerk) -> Task:
    return await clerk.office.task(await clerk.office.instance())


async def test_a_person_decides_and_is_told_the_outcome(clerk: Clerk) -> None:
    task = await _task(clerk)

    first = await clerk.says("act", "approve", task.id, "--opinion", "同意")
    second = await clerk.says("act", "reject", task.id, "--opinion", "不行")

    assert (first.exit_code, said(first)) == (0, "✓ accepted: 已同意 / accepted")
    assert (second.exit_code, second.stderr) == (1, "✗ late: 已由他人处理 / late\n")


async def test_what_the_api_refuses_is_told_in_its_words(clerk: Clerk) -> None:
    task = await _task(clerk)

    answer = await clerk.says("act", "reject", task.id)

    assert answer.exit_code == 1
    assert "请填写驳回意见" in str(answer.exception)


async def test_the_field_that_is_wrong_is_named(clerk: Clerk) -> None:
    task = await _task(clerk)

    answer = await clerk.says("act", "approve", task.id, "--opinion", "好" * 5000)

    assert answer.exit_code == 1
    assert "body.opinion: String should have at most" in str(answer.exception)


async def test_an_administrator_acts_and_nobody_else(clerk: Clerk) -> None:
    view = await clerk.office.instance()

    done = await clerk.orders("admin", "suspend", view.id, "--reason", "核查")
    refused = await clerk.says("admin", "suspend", view.id, "--reason", "越权")

    assert (done.exit_code, said(done)) == (0, "✓ accepted: 已处理 / Done")
    assert (refused.exit_code, "没有所需权限 admin" in str(refused.exception)) == (1, True)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("jump", ["--node", "approve", "--confirmed"]),
        ("reassign", ["--task", "t", "--to", "wang"]),
        ("retry_effect", ["--effect", "key"]),
        ("event", ["--event", "delivered", "--data", "quantity=3"]),
    ],
)
async def test_an_act_says_what_it_needs(clerk: Clerk, act: ActName, words: list[str]) -> None:
    view = await clerk.office.instance()

    assert (await clerk.orders("admin", act, view.id, "--reason", "核查", *words)).exit_code == 0


async def test_the_initiator_withdraws_and_urges(clerk: Clerk) -> None:
    view = await clerk.office.instance(initiator="li")

    urged = await clerk.says("act", "urge", view.id, "--opinion", "急", person="li")
    withdrawn = await clerk.says("act", "withdraw", view.id, person="chen")

    assert (urged.exit_code, withdrawn.exit_code) == (0, 1)


async def test_tasks_are_listed_with_what_can_be_done(clerk: Clerk) -> None:
    task = await _task(clerk)

    listed = await clerk.says("tasks")

    assert said(listed) == f"{task.id}  采购审批  chen  open  [approve, reject, transfer]"


async def test_what_is_stuck_is_listed_with_commands_to_repair_it(clerk: Clerk) -> None:
    view = await clerk.office.instance()
    task = await clerk.office.task(view, person="gone")

    listed = await clerk.orders("stuck")
    refused = await clerk.says("stuck")

    assert "gone 已离职：采购审批" in listed.stdout
    assert f"python -m api admin reassign {view.id} --task {task.id} --to … --reason …" in listed.stdout
    assert refused.exit_code == 1


async def test_with_nothing_stuck_it_says_so(clerk: Clerk) -> None:
    view = await clerk.office.instance()
    async with clerk.office.database.begin() as session:
        await Instances(session).put(view.model_copy(update={"revision": 2, "status": InstanceStatus.FINISHED}))

    assert said(await clerk.orders("stuck")) == "没有 / none"


def test_without_a_token_it_says_where_to_get_one() -> None:
    answer = CliRunner().invoke(app, ["tasks"], env={"POSTROAD_TOKEN": ""})

    assert "python -m api token" in str(answer.exception)


def test_an_api_that_cannot_be_reached_is_named() -> None:
    answer = CliRunner().invoke(app, ["tasks", "--url", "http://127.0.0.1:1"], env={"POSTROAD_TOKEN": "pr_x"})

    assert "无法连接 http://127.0.0.1:1" in str(answer.exception)
