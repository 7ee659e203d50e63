"""Every table, for migrations: importing this module makes `METADATA` complete."""

from postroad.store.absences import AbsenceRow
from postroad.store.attempts import AttemptRow
from postroad.store.audit import AuditRow
from postroad.store.backtests import BacktestRow, CaseFileRow
from postroad.store.cards import CardRow
from postroad.store.clicks import ClickRow
from postroad.store.decisions import DecisionRow
from postroad.store.events import EventRow
from postroad.store.grants import AccessRoleRow, GrantRow
from postroad.store.instances import InstanceRow
from postroad.store.ledger import LedgerRow
from postroad.store.loads import LoadRow
from postroad.store.logins import LoginRow, SetupCodeRow
from postroad.store.people import AccountRow, DepartmentRow, OrganisationRow, PersonRow, RoleHolderRow
from postroad.store.process_versions import ProcessSetRow, ProcessVersionRow
from postroad.store.releases import Release
from postroad.store.reserved import AssignmentRow
from postroad.store.rule_tables import RuleTableRow
from postroad.store.rule_versions import RuleSetRow, RuleVersionRow
from postroad.store.saved_views import SavedViewsRow
from postroad.store.schema import METADATA
from postroad.store.sessions import SessionRow
from postroad.store.story import StoryRow
from postroad.store.tasks import TaskRow
from postroad.store.todo import TodoRow
from postroad.store.tokens import TokenRow

TABLES = (
    AbsenceRow,
    AccessRoleRow,
    AccountRow,
    AttemptRow,
    AuditRow,
    BacktestRow,
    AssignmentRow,
    CardRow,
    CaseFileRow,
    ClickRow,
    DecisionRow,
    DepartmentRow,
    EventRow,
    GrantRow,
    InstanceRow,
    LedgerRow,
    LoadRow,
    LoginRow,
    OrganisationRow,
    PersonRow,
    ProcessSetRow,
    ProcessVersionRow,
    Release,
    RoleHolderRow,
    RuleSetRow,
    RuleTableRow,
    RuleVersionRow,
    SessionRow,
    SetupCodeRow,
    StoryRow,
    SavedViewsRow,
    TaskRow,
    TodoRow,
    TokenRow,
)

__all__ = ["METADATA", "TABLES"]
