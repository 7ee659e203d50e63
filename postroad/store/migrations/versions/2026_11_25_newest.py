"""The newest instances are told apart by number and initiator in their index alone"""

from alembic import op

revision = "20261125_newest"
down_revision = "20261125_saved_views"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_instances_newest", "instances", ["started_at", "id", "named", "initiator"], unique=False)
    op.drop_index("ix_instances_started_at_id", "instances")


def downgrade() -> None:
    op.create_index("ix_instances_started_at_id", "instances", ["started_at", "id"], unique=False)
    op.drop_index("ix_instances_newest", "instances")
