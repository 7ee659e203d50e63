"""What finds instances: who takes part in them since when, and indexes of numbers, processes and nodes"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_search"
down_revision = "20261125_todo"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("todo", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("update todo set started_at = (select i.started_at from instances i where i.id = todo.instance)")
    op.create_index("ix_todo_part", "todo", ["person", "started_at", "instance", "box"], unique=False)
    # whatever the database's language, the beginning of a number is found in this one
    begins = {"named": "text_pattern_ops"}
    op.create_index("ix_instances_named", "instances", ["named", "id"], unique=False, postgresql_ops=begins)
    op.create_index("ix_instances_process_started_at", "instances", ["process", "started_at"], unique=False)
    op.create_index("ix_tasks_state_node_instance", "tasks", ["state", "node", "instance"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_tasks_state_node_instance", "tasks")
    op.drop_index("ix_instances_process_started_at", "instances")
    op.drop_index("ix_instances_named", "instances")
    op.drop_index("ix_todo_part", "todo")
    op.drop_column("todo", "started_at")
