"""What keeps instances where they are, and what Temporal says of those that say nothing"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_stuck"
down_revision = "20261125_back_to"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the defaults stay, so that an older program can still write its pictures
    op.add_column("instances", sa.Column("halts", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("instances", sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("instances", sa.Column("workflow", sa.String(), nullable=False, server_default=""))
    op.add_column("instances", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("checked_at", "workflow", "waits_since", "halts"):
        op.drop_column("instances", column)
