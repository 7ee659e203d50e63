"""What stands in each person's to-do centre, the words that find an instance, and when it changed last"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261125_todo"
down_revision = "20261125_rights"
branch_labels = None
depends_on = None

_LIST = ["person", "box", "at", "task", "due_at", "process", "system", "read_at", "found_by"]
_STARTED = ["initiator", "started_at", "id", "process", "document_system", "status", "named", "summary"]
_BOX = """case
  when t.kind = 'cc' then case when t.state = 'cancelled' then '' else 'copied' end
  when t.state = 'open' then 'open'
  when t.action is not null then 'done'
  else '' end"""


def upgrade() -> None:
    # the defaults stay, so that an older program can still write its pictures
    op.add_column("instances", sa.Column("named", sa.String(), nullable=False, server_default=""))
    op.add_column("instances", sa.Column("summary", sa.String(), nullable=False, server_default=""))
    op.add_column("instances", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "todo",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person", "task", name="pk_todo"),
    )
    _say_what_finds_the_instances()
    _fill("person", "true")
    _fill("agent", "t.agent is not null and t.agent <> t.person")
    op.create_index("ix_todo_list", "todo", _LIST, unique=False)
    op.create_index("ix_todo_instance", "todo", ["instance"], unique=False)
    op.create_index("ix_instances_started", "instances", _STARTED, unique=False)
    op.create_index("ix_instances_changed_at", "instances", ["changed_at"], unique=False)
    op.drop_index("ix_instances_initiator", "instances")


def _say_what_finds_the_instances() -> None:
    names = ("id", "number", "initiator", "initiator_name", "title", "card", "fields")
    table = sa.table("instances", *map(sa.column, (*names, "named", "summary")))
    read = sa.select(*(sa.cast(table.c[name], sa.String()).label(name) for name in names))
    write = sa.update(table).where(table.c.id == sa.bindparam("of"))
    connection, last = op.get_bind(), ""
    while rows := connection.execute(read.where(table.c.id > last).order_by(table.c.id).limit(1000)).all():
        last = rows[-1].id
        said = [{"of": row.id, "said_named": _named(row), "said_summary": _summary(row)} for row in rows]
        told: dict[str, Any] = {"named": sa.bindparam("said_named"), "summary": sa.bindparam("said_summary")}
        connection.execute(write.values(told), said)


def _named(row: Any) -> str:
    title = json.loads(row.title)
    words = (row.number, row.initiator_name or row.initiator, title["zh"], title["en"])
    return " ".join(dict.fromkeys(words)).lower()[:200]


def _summary(row: Any) -> str:
    title = json.loads(row.fields).get("title")
    values = [value if isinstance(value, str) else value["zh"] for _, value in json.loads(row.card)]
    words = (title if isinstance(title, str) else "", *values)
    return " ".join(filter(None, dict.fromkeys(words))).lower()[:200]


def _fill(person: str, where: str) -> None:
    columns = "person, task, instance, box, at, due_at, process, system, found_by, revision"
    hides = "cast(t.fields as text) like '%\"hidden\"%'"
    found_by = f"case when {hides} then i.named else i.named || ' ' || i.summary end"
    since = f"case when ({_BOX}) = 'done' then coalesce(t.closed_at, t.opened_at) else t.opened_at end"
    told = (
        f"t.{person}, t.id, t.instance, {_BOX}, {since}, t.due_at, i.process, i.document_system, {found_by}, t.revision"
    )
    source = "tasks t join instances i on i.id = t.instance"
    op.execute(f"insert into todo ({columns}) select {told} from {source} where {where}")  # noqa: S608 - no word of it comes from outside


def downgrade() -> None:
    op.create_index("ix_instances_initiator", "instances", ["initiator"], unique=False)
    for index, table in (("changed_at", "instances"), ("started", "instances"), ("instance", "todo"), ("list", "todo")):
        op.drop_index(f"ix_{table}_{index}", table)
    op.drop_table("todo")
    for column in ("changed_at", "summary", "named"):
        op.drop_column("instances", column)
