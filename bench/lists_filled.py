"""A company of long standing, written straight into a database by the database itself."""

from dataclasses import dataclass
from datetime import UTC, datetime
from string import Template

from sqlalchemy import Connection, create_engine, text

END = datetime(2026, 11, 25, 9, tzinfo=UTC)
_PRIME = 1_000_003
_GOODS = ("钢板", "轴承", "电缆", "显示器", "办公椅", "润滑油", "阀门", "传感器")


@dataclass(frozen=True)
class Company:
    """`people` called `u0`, `u1` …, of whom the first do the most; instances evenly over two years, up to `END`."""

    people: int
    instances: int
    tasks: int

    @property
    def apart(self) -> int:
        """Seconds between two instances."""
        return max(1, 2 * 365 * 24 * 3600 // self.instances)

    def whose(self, share: float) -> str:
        """The person of a task drawn by chance, where `share` is drawn evenly from 0 to 1."""
        return f"u{int(self.people * share * share)}"

    def name(self, person: str) -> str:
        return f"员工{person.removeprefix('u')}号"


def fill(url: str, company: Company) -> None:
    """All of it, in an empty database that was migrated."""
    engine = create_engine(url.replace("sqlite+aiosqlite", "sqlite"))
    with engine.begin() as connection:
        for statement in _statements(company, is_sqlite=engine.dialect.name == "sqlite"):
            connection.execute(text(statement.replace(":", r"\:")))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _tidy(connection)
    engine.dispose()


def _tidy(connection: Connection) -> None:
    # what PostgreSQL does by itself before long; SQLite is left as it is in use
    if connection.dialect.name == "postgresql":
        connection.execute(text("vacuum analyze"))


def _statements(company: Company, *, is_sqlite: bool) -> list[str]:
    drawn, other = f"(n * 2654435761 % {_PRIME})", f"((n + 7919) * 40503 % {_PRIME})"
    instance = f"(1 + (n - 1) * {company.instances} / {company.tasks})"
    begun = int(END.timestamp()) - company.apart * company.instances
    words = {
        "people": company.people,
        "instances": company.instances,
        "tasks": company.tasks,
        "drawn": drawn,
        "who": f"({company.people} * {drawn} * {drawn} / {_PRIME**2})",
        "starter": f"({company.people} * {other} * {other} / {_PRIME**2})",
        "goods": f"case {drawn} % 8 {' '.join(f'when {n} then {said!r}' for n, said in enumerate(_GOODS))} end",
        "instance": instance,
        "is_last": f"(1 + n * {company.instances} / {company.tasks}) > {instance}",
        "running": company.instances * 9 // 10,
        "json": "" if is_sqlite else "::json",
    }
    moment = "strftime('%Y-%m-%d %H:%M:%S', {}, 'unixepoch') || '.000000'" if is_sqlite else "to_timestamp({})"
    words["started"] = moment.format(f"{begun} + {company.apart} * n")
    for name, later in (("opened", 600), ("due", 87_000), ("closed", 7_800)):
        words[name] = moment.format(f"{begun} + {company.apart} * {instance} + {later}")
    return [one.substitute(words) for one in (_PEOPLE, _INSTANCES, _TASKS, _TODO)]


# evenly drawn from 0 up to the prime, and from it a person, the first ones far more often
_PEOPLE = Template("""
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < $people - 1)
insert into people (id, place, name, department, position, active, accounts, skills, regions)
select 'u' || n, n, '员工' || n || '号', 'd' || (n % 40), '', true, '{}', '{}', '[]' from numbers
""")
_INSTANCES = Template("""
with recursive numbers(n) as (select cast(1 as bigint) union all select n + 1 from numbers where n < $instances)
insert into instances (id, process, release, title, document_system, document_kind, document_id, number, initiator,
    initiator_name, status, revision, form_hash, started_at, waiting_for, fields, card, card_fields, halts, department,
    named, summary)
select 'process:erp:' || n, 'process-' || (n % 12), 'process-' || (n % 12) || '@1',
    '{"zh":"采购审批","en":"Purchase approval"}', 'erp', 'purchase_requisition', 'PR-' || (100000 + n),
    'PR-' || (100000 + n), 'u' || $starter, '员工' || $starter || '号',
    case when n > $running then 'running' else 'finished' end, 3, '', $started, '',
    ('{"amount":"28000.00","title":"' || $goods || '"}')$json,
    '[[{"zh":"金额","en":"Amount"},{"zh":"28000.00","en":"28000.00"}]]', '["amount"]', '[]', 'd' || ($starter % 40),
    'pr-' || (100000 + n) || ' 员工' || $starter || '号 采购审批 purchase approval', $goods || ' 28000.00'
from numbers
""")
_TASKS = Template("""
with recursive numbers(n) as (select cast(1 as bigint) union all select n + 1 from numbers where n < $tasks)
insert into tasks (id, instance, node, epoch, kind, title, person, name, state, revision, form_hash, opened_at, due_at,
    actions, opinion_needed, opinion, fields, back_to, closed_at, action, decided_by)
select 'process:erp:' || $instance || '/approve/' || n || '/1', 'process:erp:' || $instance, 'node-' || (n % 30), 1,
    case when n % 11 = 0 then 'cc' else 'approval' end, '{"zh":"采购审批","en":"Purchase approval"}', 'u' || $who, '',
    case when n % 11 > 0 and $instance > $running and $is_last then 'open' else 'done' end, 2, '', $opened,
    case when n % 2 = 0 then $due end, '["approve","reject"]', false, '', '{}', '[]',
    case when n % 11 > 0 and $instance > $running and $is_last then null else $closed end,
    case when n % 11 > 0 then 'approve' end, 'u' || $who
from numbers
""")
_TODO = Template("""
insert into todo (person, task, instance, box, at, due_at, process, system, found_by, revision, started_at)
select t.person, t.id, t.instance,
    case when t.kind = 'cc' then 'copied' when t.state = 'open' then 'open' else 'done' end,
    coalesce(t.closed_at, t.opened_at), t.due_at, i.process, i.document_system, i.named || ' ' || i.summary, t.revision,
    i.started_at
from tasks t join instances i on i.id = t.instance
""")
