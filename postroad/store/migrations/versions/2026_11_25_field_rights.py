"""Which fields of the document come with a task, and which of them the lines of a card show"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_01"
down_revision = "20261124_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the defaults stay, so that an older program can still write its pictures
    op.add_column("tasks", sa.Column("fields", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("instances", sa.Column("card_fields", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("instances", "card_fields")
    op.drop_column("tasks", "fields")
