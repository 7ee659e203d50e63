"""A real Temporal dev server for tests, one per test process, in memory."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from workflows import search


@dataclass(frozen=True)
class DevServer:
    """Where it listens. Clients belong to the event loop they are made in, so each test connects anew."""

    address: str
    namespace: str

    async def connect(self) -> Client:
        return await Client.connect(self.address, namespace=self.namespace, data_converter=pydantic_data_converter)


@contextmanager
def running_dev_server() -> Iterator[DevServer]:
    with asyncio.Runner() as runner:
        environment = runner.run(start_dev_server())
        try:
            config = environment.client.service_client.config
            yield DevServer(config.target_host, environment.client.namespace)
        finally:
            runner.run(environment.shutdown())


async def start_dev_server() -> WorkflowEnvironment:
    return await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(Path(sys.executable).with_name("temporal")),
        dev_server_log_level="error",
        search_attributes=search.ALL,
    )


@pytest.fixture(scope="session")
def dev_server() -> Iterator[DevServer]:
    """Shared by the tests of one process: give workflows ids of their own."""
    with running_dev_server() as server:
        yield server
