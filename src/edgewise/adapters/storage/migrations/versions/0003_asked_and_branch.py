"""What a rehearsal is asked afterwards, and where it left another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rehearsals kept until now are asked what is usual, and began at the beginning."""
    op.add_column("rehearsals", sa.Column("asked", sa.String()))
    op.add_column("rehearsals", sa.Column("branch", sa.String()))


def downgrade() -> None:
    """Going back would mean losing what was asked."""
    raise NotImplementedError
