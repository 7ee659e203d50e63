"""People may have a limit to what they have to do"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_limits"
down_revision = "20261125_22"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("max_open_tasks", sa.Integer(), nullable=True))
    op.add_column("people", sa.Column("max_open_hours", sa.Float(), nullable=True))


def downgrade() -> None:
    op.drop_column("people", "max_open_hours")
    op.drop_column("people", "max_open_tasks")
