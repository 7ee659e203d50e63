"""Which instance called which"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_called_by"
down_revision = "20261125_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("instances", sa.Column("called_by", sa.String(), nullable=True))
    op.create_index(op.f("ix_instances_called_by"), "instances", ["called_by"])


def downgrade() -> None:
    op.drop_index(op.f("ix_instances_called_by"), "instances")
    op.drop_column("instances", "called_by")
