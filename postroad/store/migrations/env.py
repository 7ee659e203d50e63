"""Runs migrations in one transaction that no second process can run beside it."""

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool

from postroad.store.tables import METADATA

LOCK = 0x706F7374726F6164
"""The advisory lock of PostgreSQL under which one process at a time migrates."""


def configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )


def run() -> None:
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # waiting behind a long reader would make every later query wait behind us
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        configure(connection)
        context.run_migrations()
    engine.dispose()


run()
