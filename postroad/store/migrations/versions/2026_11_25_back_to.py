"""Where a task may be sent back to"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_back_to"
down_revision = "20261125_due"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the default stays, so that an older program can still write tasks
    op.add_column("tasks", sa.Column("back_to", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("tasks", "back_to")
