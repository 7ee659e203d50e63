"""People log in, hold roles and make tokens; instances know their department; administrative acts are logged"""

import sqlalchemy as sa
from alembic import op

from postroad.store.schema import Json, UtcTime

revision = "20261125_rights"
down_revision = "20261125_assign"
branch_labels = None
depends_on = None

_REFUSE = "the audit log is only ever added to"


def upgrade() -> None:
    _logging_in()
    _roles()
    _audit()
    op.add_column("tokens", sa.Column("own", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tokens", sa.Column("expires_at", UtcTime(), nullable=True))
    op.add_column("instances", sa.Column("department", sa.String(), nullable=True))
    op.execute(
        "update instances set department = (select department from people where people.id = instances.initiator)"
    )
    op.create_index("ix_instances_department_started_at", "instances", ["department", "started_at"])


def _logging_in() -> None:
    op.create_table(
        "logins",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.Column("disabled_at", UtcTime(), nullable=True),
        sa.Column("last_login_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_logins"),
        sa.UniqueConstraint("login", name="uq_logins_login"),
    )
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])
    op.create_table(
        "login_attempts",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_login_attempts"),
    )
    op.create_table(
        "setup_code",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setup_code"),
    )


def _roles() -> None:
    op.create_table(
        "access_roles",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", Json(), nullable=False),
        sa.Column("rights", Json(), nullable=False),
        sa.Column("extent", sa.String(), nullable=False),
        sa.Column("departments", Json(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_access_roles"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("departments", Json(), nullable=True),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.UniqueConstraint("person", "role", name="uq_grants_person_role"),
    )
    op.create_index("ix_grants_role", "grants", ["role"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("before", Json(), nullable=True),
        sa.Column("after", Json(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    for column in ("at", "object", "person"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"create trigger audit_no_{act} before {act} on audit begin select raise(abort, '{_REFUSE}'); end"
            )
        return
    op.execute(
        "create function audit_is_kept() returns trigger language plpgsql as "
        f"$$ begin raise exception '{_REFUSE}'; end $$"
    )
    op.execute(
        "create trigger audit_is_kept before update or delete or truncate on audit "
        "for each statement execute function audit_is_kept()"
    )


def downgrade() -> None:
    op.drop_index("ix_instances_department_started_at", table_name="instances")
    op.drop_column("instances", "department")
    op.drop_column("tokens", "expires_at")
    op.drop_column("tokens", "own")
    for table in ("audit", "grants", "access_roles", "setup_code", "login_attempts", "sessions", "logins"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("drop function audit_is_kept()")
