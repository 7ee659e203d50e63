import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, select

from postroad.store.migrate import MIGRATIONS, alembic_config, migrate
from postroad.store.people import PersonRow
from postroad.store.process_versions import ProcessSetRow, ProcessVersionRow
from postroad.store.tables import METADATA, TABLES
from postroad.store.upsert import table_of


def _blocking(url: str) -> str:
    return url.replace("sqlite+aiosqlite", "sqlite")


def test_the_migrations_make_exactly_the_tables_of_the_models(url: str) -> None:
    engine = create_engine(_blocking(url))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_every_table_is_known_to_the_migrations() -> None:
    assert {row.__tablename__ for row in TABLES} == set(METADATA.tables)


def test_migrating_twice_is_harmless(empty_url: str) -> None:
    migrate(empty_url)
    migrate(empty_url)

    engine = create_engine(_blocking(empty_url))
    with engine.connect() as connection:
        [head] = ScriptDirectory.from_config(alembic_config(empty_url)).get_heads()
        assert MigrationContext.configure(connection).get_current_revision() == head
    engine.dispose()


def test_processes_that_start_together_migrate_one_after_the_other(empty_url: str) -> None:
    told = f"from postroad.store import migrate; migrate({empty_url!r})"

    started = [subprocess.Popen([sys.executable, "-c", told], stderr=subprocess.PIPE) for _ in range(3)]

    errors = [process.communicate(timeout=60)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], errors


def test_the_migrations_can_be_taken_back(empty_url: str) -> None:
    from alembic import command  # noqa: PLC0415 - only operators who take a release back need it

    migrate(empty_url)

    command.downgrade(alembic_config(empty_url), "base")

    engine = create_engine(_blocking(empty_url))
    with engine.connect() as connection:
        left = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert len([difference for difference in left if difference[0] == "add_table"]) == len(TABLES)


def test_people_of_before_have_no_skills_and_work_in_every_region(empty_url: str) -> None:
    migrate(empty_url, "20261122_01")
    engine = create_engine(_blocking(empty_url))
    with engine.begin() as connection:
        said = "insert into people (id, place, name, position, active, accounts) values ('li', 0, 'Li', '', true, '{}')"
        connection.exec_driver_sql(said)

    migrate(empty_url)

    with engine.connect() as connection:
        [row] = connection.execute(select(table_of(PersonRow))).all()
    engine.dispose()
    assert (row.skills, row.regions, row.email, row.phone) == ({}, [], None, None)


def test_what_was_published_before_there_were_versions_is_a_version_each(empty_url: str) -> None:
    migrate(empty_url, "20261122_01")
    engine = create_engine(_blocking(empty_url))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into releases (id, process_key, number, sha256, definition, tables, published_at) values "
            "('p@1', 'p', 1, 's', '{}', '{}', '2026-11-20 08:00:00'), "
            "('p@2', 'p', 2, 's', '{}', '{}', '2026-11-21 08:00:00')"
        )

    migrate(empty_url)

    with engine.connect() as connection:
        rows = connection.execute(select(table_of(ProcessVersionRow)).order_by("number")).all()
        [counted] = connection.execute(select(table_of(ProcessSetRow))).all()
    engine.dispose()
    assert [(row.id, row.stage, row.release, row.cases) for row in rows] == [
        ("p@1", "published", "p@1", []), ("p@2", "published", "p@2", []),
    ]  # fmt: skip
    assert counted.last_number == 2


@pytest.mark.parametrize("path", sorted((MIGRATIONS / "versions").glob("*.py")), ids=lambda path: path.name)
def test_a_migration_carries_its_date_in_its_name(path: Path) -> None:
    year, month, day, *_ = path.stem.split("_")
    assert (len(year), len(month), len(day)) == (4, 2, 2)
