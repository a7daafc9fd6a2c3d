"""What a rehearsal remembers of earlier ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rehearsals kept until now remember nothing."""
    op.add_column("rehearsals", sa.Column("remembered", sa.String()))


def downgrade() -> None:
    """Going back would mean losing what was remembered."""
    raise NotImplementedError
