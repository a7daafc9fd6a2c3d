"""Rehearsals and their turns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables a rehearsal is kept in."""
    op.create_table(
        "rehearsals",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False, unique=True),
        sa.Column("started_us", sa.BigInteger(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("take_name", sa.String(), nullable=False),
        sa.Column("ending", sa.String()),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("distress_before", sa.Integer()),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.Column("reflection", sa.String()),
        sa.Column("take", sa.String(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
    )
    op.create_index("rehearsals_newest", "rehearsals", ["started_us", "position"])
    op.create_table(
        "turns",
        sa.Column("rehearsal_id", sa.String(), sa.ForeignKey("rehearsals.id"), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Nothing came before; going back would mean losing every word."""
    raise NotImplementedError
