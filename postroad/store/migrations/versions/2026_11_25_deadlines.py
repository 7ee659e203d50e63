"""By when a task has to be done"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_due"
down_revision = "20261125_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("tasks", "due_at")
