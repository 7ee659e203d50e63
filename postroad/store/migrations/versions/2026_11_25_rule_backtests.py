"""Backtests of rule versions, and the files of cases they ask"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_backtests"
down_revision = "20261125_called_by"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_case_files",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("table_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_case_files"),
    )
    op.create_table(
        "rule_backtests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("table_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("against_sha256", sa.String(), nullable=False),
        sa.Column("case_file", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("amount", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("message", sa.JSON(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rule_backtests"),
    )
    op.create_index("ix_rule_backtests_table_key_started_at", "rule_backtests", ["table_key", "started_at"])


def downgrade() -> None:
    op.drop_table("rule_backtests")
    op.drop_table("rule_case_files")
