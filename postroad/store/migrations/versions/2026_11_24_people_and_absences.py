"""What people can do and how they are reached, and who acts for those who are away"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_01"
down_revision = "20261122_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the defaults stay, so that an older program can still load an organisation
    op.add_column("people", sa.Column("skills", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("people", sa.Column("regions", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("people", sa.Column("email", sa.String(), nullable=True))
    op.add_column("people", sa.Column("phone", sa.String(), nullable=True))

    op.create_table(
        "absences",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("principal", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("processes", sa.JSON(), nullable=False),
        sa.Column("amount_cap", sa.String(), nullable=True),
        sa.Column("amount_field", sa.String(), nullable=False),
        sa.Column("open_tasks", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
    )
    op.create_index("ix_absences_ends_at", "absences", ["ends_at"], unique=False)
    op.create_index("ix_absences_principal_ends_at", "absences", ["principal", "ends_at"], unique=False)


def downgrade() -> None:
    op.drop_table("absences")
    for column in ("phone", "email", "regions", "skills"):
        op.drop_column("people", column)
