"""Versions of rule tables, and the word of the database that what was published stays as it is"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_rules"
down_revision = "20261125_limits"
branch_labels = None
depends_on = None

_FIXED = (
    "id", "key", "number", "stage", "sha256", "authors", "notes", "acknowledged", "changed_at", "approver",
    "approved_at", "published_by", "published_at", "effective_from",
)  # fmt: skip
_VERSION = "a published rule version is never changed"
_CONTENT = "the content of a rule table is never changed"


def upgrade() -> None:
    op.create_table(
        "rule_sets",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rule_sets"),
    )
    op.create_table(
        "rule_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("acknowledged", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rule_versions"),
        sa.UniqueConstraint("key", "number", name="uq_rule_versions_key_number"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("changed", "deleted"):
            op.execute(f"drop trigger rule_tables_{name}")
    else:
        op.execute("drop trigger rule_tables_fixed on rule_tables")
        op.execute("drop trigger rule_versions_fixed on rule_versions")
        op.execute("drop function rule_tables_fixed")
        op.execute("drop function rule_versions_fixed")
    op.drop_table("rule_versions")
    op.drop_table("rule_sets")


def _guard_sqlite() -> None:
    differs = " or ".join(f"new.{name} is not old.{name}" for name in _FIXED)
    when = f"old.stage = 'published' and (old.retired_at is not null or {differs})"
    for table, act, said, condition in (
        ("rule_versions", "update", _VERSION, f"when {when}"),
        ("rule_versions", "delete", _VERSION, "when old.stage = 'published'"),
        ("rule_tables", "update", _CONTENT, ""),
        ("rule_tables", "delete", _CONTENT, ""),
    ):
        name = f"{table}_{'changed' if act == 'update' else 'deleted'}"
        op.execute(
            f"create trigger {name} before {act} on {table} {condition} begin select raise(abort, '{said}'); end"
        )


def _guard_postgres() -> None:
    op.execute(
        f"""create function rule_versions_fixed() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' or old.retired_at is not null or
                to_jsonb(new) - 'retired_at' - 'retired_by' is distinct from
                to_jsonb(old) - 'retired_at' - 'retired_by'
            then raise exception '{_VERSION}';
            end if;
            return new;
        end $$"""
    )
    op.execute(
        """create trigger rule_versions_fixed before update or delete on rule_versions
        for each row when (old.stage = 'published') execute function rule_versions_fixed()"""
    )
    op.execute(
        f"""create function rule_tables_fixed() returns trigger language plpgsql as $$
        begin raise exception '{_CONTENT}'; end $$"""
    )
    op.execute(
        """create trigger rule_tables_fixed before update or delete on rule_tables
        for each row execute function rule_tables_fixed()"""
    )
