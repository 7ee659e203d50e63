from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

from postroad.files import load_table, load_yaml
from postroad.model.process import Process
from tests.temporal import DevServer, dev_server  # noqa: F401 - a fixture
from tests.workflows.world import World
from workers.crew import hire

FOLDER = Path(__file__).parents[2] / "processes" / "purchase-approval"
DUTIES = {
    "department_head_of": ["zhang"],
    "superior_of=chen": ["zhang"],
    "role=buyer": ["chen"],
    "role=purchasing_director": ["wang"],
    "role=finance_director": ["zhao"],
    "role=project_manager": ["sun"],
    "process_owner": ["qian"],
    "role=process_admin": ["admin"],
}


@pytest.fixture
async def client(dev_server: DevServer) -> Client:  # noqa: F811
    return await dev_server.connect()


@pytest.fixture
def world() -> World:
    process = Process.model_validate(load_yaml(FOLDER / "process.yaml"))
    return World(process, [load_table(FOLDER / "purchase-route.table.yaml")], DUTIES)


@pytest.fixture
async def worker(client: Client, world: World) -> AsyncIterator[World]:
    """The world, with workers that serve it."""
    workers = hire(client, world.crew())
    for one in workers:
        await one.__aenter__()
    yield world
    for one in reversed(workers):
        await one.__aexit__(None, None, None)
