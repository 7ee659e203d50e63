"""Versions of processes: what was published so far is one each, and never changes"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_processes"
down_revision = "20261125_newest"
branch_labels = None
depends_on = None

_FIXED = (
    "id", "key", "number", "stage", "sha256", "authors", "notes", "content", "cases", "revision", "origin",
    "changed_at", "approver", "approved_at", "published_by", "published_at", "effective_from",
)  # fmt: skip
_SAID = "a published process version is never changed"


def upgrade() -> None:
    op.create_table(
        "process_sets",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_process_sets"),
    )
    op.create_table(
        "process_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("release", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_process_versions"),
        sa.UniqueConstraint("key", "number", name="uq_process_versions_key_number"),
    )
    op.create_index("ix_process_versions_release", "process_versions", ["release"])
    _take_over()
    _guard_sqlite() if op.get_bind().dialect.name == "sqlite" else _guard_postgres()


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("drop trigger process_versions_fixed on process_versions")
        op.execute("drop function process_versions_fixed")
    op.drop_table("process_versions")
    op.drop_table("process_sets")


def _take_over() -> None:
    """What was published before there were versions; nobody knows any more who wrote it."""
    op.execute(
        """insert into process_versions (id, key, number, stage, sha256, authors, notes, changed_at, published_at,
            effective_from, content, cases, revision, release)
        select id, process_key, number, 'published', sha256, '[]', '', published_at, published_at,
            published_at, definition, '[]', 1, id from releases"""
    )
    op.execute("insert into process_sets (key, last_number) select process_key, max(number) from releases group by 1")


def _guard_sqlite() -> None:
    differs = " or ".join(f"new.{name} is not old.{name}" for name in _FIXED)
    again = "(old.release is not null and new.release is not old.release)"
    for act, condition in (("update", f"(old.retired_at is not null or {again} or {differs})"), ("delete", "true")):
        op.execute(
            f"create trigger process_versions_{'changed' if act == 'update' else 'deleted'} before {act} "
            f"on process_versions when old.stage = 'published' and {condition} "
            f"begin select raise(abort, '{_SAID}'); end"
        )


def _guard_postgres() -> None:
    op.execute(
        f"""create function process_versions_fixed() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' or old.retired_at is not null or
                (old.release is not null and new.release is distinct from old.release) or
                to_jsonb(new) - 'retired_at' - 'retired_by' - 'release' is distinct from
                to_jsonb(old) - 'retired_at' - 'retired_by' - 'release'
            then raise exception '{_SAID}';
            end if;
            return new;
        end $$"""
    )
    op.execute(
        """create trigger process_versions_fixed before update or delete on process_versions
        for each row when (old.stage = 'published') execute function process_versions_fixed()"""
    )
