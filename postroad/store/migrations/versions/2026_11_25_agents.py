"""Tasks say who may act for their person; changes to absences are counted"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_21"
down_revision = "20261125_stuck"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the defaults stay, so that an older program can still write down a task
    op.add_column("tasks", sa.Column("agent", sa.String(), nullable=True))
    op.add_column("tasks", sa.Column("agent_name", sa.String(), nullable=False, server_default=""))
    op.add_column("tasks", sa.Column("former_agents", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_tasks_agent_state_opened_at", "tasks", ["agent", "state", "opened_at"], unique=False)
    op.add_column("organisation", sa.Column("absences", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("organisation", "absences")
    op.drop_index("ix_tasks_agent_state_opened_at", table_name="tasks")
    for column in ("former_agents", "agent_name", "agent"):
        op.drop_column("tasks", column)
