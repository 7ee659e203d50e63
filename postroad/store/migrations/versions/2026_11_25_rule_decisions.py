"""What rule tables decided, row by row"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_decisions"
down_revision = "20261125_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("table_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=True),
        sa.Column("node", sa.String(), nullable=True),
        sa.Column("caller", sa.String(), nullable=True),
        sa.Column("request", sa.String(), nullable=True),
        sa.Column("request_sha256", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("row_ids", sa.JSON(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("used_default", sa.Boolean(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=True),
        sa.Column("ms", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rule_decisions"),
    )
    for columns in (["table_key", "at", "id"], ["at", "id"], ["instance"], ["caller", "request"]):
        op.create_index(f"ix_rule_decisions_{'_'.join(columns)}", "rule_decisions", columns)


def downgrade() -> None:
    op.drop_table("rule_decisions")
