"""The views that people keep of lists"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_saved_views"
down_revision = "20261125_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("views", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_saved_views"),
    )


def downgrade() -> None:
    op.drop_table("saved_views")
