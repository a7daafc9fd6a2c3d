"""The real conversation: when it is to be, and how it went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was told of real ones until now."""
    op.create_table(
        "real_ones",
        sa.Column("conversation", sa.String(), primary_key=True),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Going back would mean losing what was told."""
    raise NotImplementedError
