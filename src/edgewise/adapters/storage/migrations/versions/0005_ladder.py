"""The ladder of a conversation, and what each run shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Conversations kept until now have the ladder that is proposed; their runs are read when they are looked at."""
    op.create_table(
        "run_records",
        sa.Column("rehearsal_id", sa.String(), sa.ForeignKey("rehearsals.id"), primary_key=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
    )
    op.create_table(
        "ladders",
        sa.Column("conversation", sa.String(), primary_key=True),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Going back would mean losing the ladders."""
    raise NotImplementedError
