"""How the data file came to its shape, one numbered step at a time: last year's words still open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Connection


def migration_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, made here: there is no file to find beside an installed package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Bring the file to this version's shape, inside the transaction that is open: all of it or nothing."""
    command.upgrade(migration_config(connection), "head")
