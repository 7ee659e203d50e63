"""How often people were reminded of a task, and which of the reminders they were sent"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_reminders"
down_revision = "20261125_backtests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the defaults stay, so that an older program can still write tasks and cards
    op.add_column("tasks", sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("cards", sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("cards", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("cards", "reminded_at")
    op.drop_column("cards", "reminded")
    op.drop_column("tasks", "reminders")
