"""Loads of people and the choices that were made by them"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_assign"
down_revision = "20261125_reminders"
branch_labels = None
depends_on = None

_COUNTS = "state = 'open' and kind <> 'cc' and actions not like '%\"claim\"%'"


def upgrade() -> None:
    op.create_table(
        "loads",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_loads"),
    )
    op.create_table(
        "assignments",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("doer", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Boolean(), nullable=False),
        sa.Column("same", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_assignments"),
        sa.UniqueConstraint("task", name="uq_assignments_task"),
    )
    op.create_index("ix_assignments_same_number", "assignments", ["same", "number"], unique=False)
    op.create_index("ix_assignments_reserved_at", "assignments", ["reserved", "at"], unique=False)
    # the default stays, so that an older program can still write down a task
    op.add_column("tasks", sa.Column("minutes", sa.Integer(), nullable=False, server_default="60"))
    op.add_column("tasks", sa.Column("load_minutes", sa.Integer(), nullable=True))
    cast = "actions::text" if op.get_bind().dialect.name == "postgresql" else "actions"
    counts = _COUNTS.replace("actions", cast)
    op.execute(f"update tasks set load_minutes = 60 where {counts}")  # noqa: S608 - no word of it comes from outside
    op.execute(
        "insert into loads (person, tasks, minutes) select coalesce(agent, person), count(*), 60 * count(*) "
        "from tasks where load_minutes is not null group by coalesce(agent, person)"
    )


def downgrade() -> None:
    op.drop_column("tasks", "load_minutes")
    op.drop_column("tasks", "minutes")
    op.drop_table("assignments")
    op.drop_table("loads")
