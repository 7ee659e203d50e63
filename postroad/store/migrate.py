from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database's schema up to date. Blocks; may run in several processes at once.

    Raises:
        sqlalchemy.exc.OperationalError: the database cannot be reached, or a table stayed locked for five seconds.
    """
    command.upgrade(alembic_config(url), revision)


def alembic_config(url: str) -> Config:
    """What alembic needs to know, without a file, so that it works from an installed package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = _blocking(url)
    return config


def _blocking(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        parsed = parsed.set(drivername="sqlite")
    return parsed.render_as_string(hide_password=False)
