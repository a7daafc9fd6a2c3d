"""Alembic runs this; the connection is handed in by the store."""

from __future__ import annotations

from alembic import context

from edgewise.adapters.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
