from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Index, Update, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Field, col

from postroad.model.document import DocumentRef
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.model.refusals import Conflict, Unknown
from postroad.store.schema import Json, Stored, UtcTime
from postroad.store.upsert import change, dialect_of, insert_for, table_of

_SETTLED = (EffectStatus.CONFIRMED, EffectStatus.COMPENSATED)


class LedgerRow(Stored, table=True):
    """One intended action in another system and how far it got; `document_*` are None where it creates one."""

    __tablename__ = "effects"
    __table_args__ = (
        Index(None, "instance"),
        Index("ix_effects_version", "document_system", "document_kind", "document_id", "result_version"),
        Index(None, "status", "planned_at"),
    )

    key: str = Field(primary_key=True)
    instance: str
    connector: str
    entity: str
    action: str
    document_system: str | None = None
    document_kind: str | None = None
    document_id: str | None = None
    intent_hash: str
    args: dict[str, Any] = Field(sa_type=Json)
    actor: dict[str, Any] | None = Field(default=None, sa_type=Json)
    status: str
    attempts: int = 0
    planned_at: datetime = Field(sa_type=UtcTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcTime)
    result: dict[str, Any] | None = Field(default=None, sa_type=Json)
    result_version: str | None = None
    message: str = ""

    @property
    def outcome(self) -> EffectResult | None:
        """How it ended, None while it has not."""
        return None if self.result is None else EffectResult.model_validate(self.result)


class LedgerMismatch(Conflict):
    """Two different intents claim one key, so one of them would be taken for done without being done."""

    code = "ledger_mismatch"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            f"回写 {key} 已登记为另一内容，未执行；请管理员核对该节点的参数",
            f"the effect {key} is in the ledger with different content and was not carried out; "
            "an administrator should compare the node's arguments",
        )


class Ledger:
    """What we meant to do in other systems: planned, sent, then confirmed, or refused."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def plan(self, intent: Intent, at: datetime) -> LedgerRow:
        """Enter an intent, or give the row that is there for its key.

        Raises:
            LedgerMismatch: the row under this key means something else.
        """
        columns = _columns(intent, at)
        connection = await self._session.connection()
        entered = await connection.execute(_plan(dialect_of(self._session)), columns)
        if entered.first() is not None:
            return LedgerRow(**columns)
        row = await self._row(intent.key)
        if row.intent_hash != intent.intent_hash:
            raise LedgerMismatch(intent.key)
        return row

    async def sent(self, key: str, at: datetime) -> None:
        """Note one attempt, before it is made. What is confirmed stays confirmed."""
        await change(self._session, _sent(), {"of": key, "at": at})

    async def finish(self, key: str, result: EffectResult, at: datetime) -> None:
        """Note how it ended. What is confirmed can only become compensated, what is compensated nothing else.

        Raises:
            Unknown: nothing was planned under this key.
        """
        undoing = result.status is EffectStatus.COMPENSATED
        told = {
            "of": key,
            "became": result.status,
            "at": at,
            "outcome": result.model_dump(mode="json"),
            "version": result.version,
            "why": result.message,
        }
        if not await change(self._session, _finish(undoing=undoing), told):
            await self._row(key)

    async def find(self, key: str) -> LedgerRow | None:
        return await self._session.get(LedgerRow, key)

    async def caused(self, ref: DocumentRef, version: str) -> bool:
        """Whether a confirmed effect of ours made this version of the document."""
        ours = exists().where(
            col(LedgerRow.document_system) == ref.system,
            col(LedgerRow.document_kind) == ref.kind,
            col(LedgerRow.document_id) == ref.id,
            col(LedgerRow.result_version) == version,
            col(LedgerRow.status).in_(_SETTLED),
        )
        return bool(await self._session.scalar(select(ours)))

    async def of_instance(self, instance: str) -> list[LedgerRow]:
        """The effects of an instance in the order in which they were planned."""
        wanted = (
            select(LedgerRow)
            .where(col(LedgerRow.instance) == instance)
            .order_by(col(LedgerRow.planned_at), col(LedgerRow.key))
        )
        return list(await self._session.scalars(wanted))

    async def _row(self, key: str) -> LedgerRow:
        row = await self.find(key)
        if row is None:
            raise Unknown(
                f"回写台账里没有 {key}，请先登记再执行", f"the ledger has no effect {key}; plan it before acting"
            )
        return row


# To build a statement takes as long as to execute it, so each is built once.


@cache
def _plan(dialect: str) -> ReturningInsert[str]:
    return insert_for(dialect, LedgerRow).on_conflict_do_nothing().returning(table_of(LedgerRow).c.key)


def _open(but_for: Sequence[EffectStatus]) -> Update:
    table = table_of(LedgerRow)
    return update(table).where(table.c.key == bindparam("of"), table.c.status.not_in(but_for))


@cache
def _sent() -> Update:
    attempts = table_of(LedgerRow).c.attempts + 1
    return _open(_SETTLED).values(status=EffectStatus.SENT, attempts=attempts, sent_at=bindparam("at"))


@cache
def _finish(*, undoing: bool) -> Update:
    return _open(_SETTLED[1:] if undoing else _SETTLED).values(
        status=bindparam("became"),
        finished_at=bindparam("at"),
        result=bindparam("outcome"),
        result_version=bindparam("version"),
        message=bindparam("why"),
    )


def _columns(intent: Intent, at: datetime) -> dict[str, Any]:
    said = intent.model_dump(mode="json", exclude={"document", "by_anyone"})
    ref = intent.document
    return {
        **said,
        "document_system": ref.system if ref else None,
        "document_kind": ref.kind if ref else None,
        "document_id": ref.id if ref else None,
        "intent_hash": intent.intent_hash,
        "status": EffectStatus.PLANNED,
        "attempts": 0,
        "planned_at": at,
        "message": "",
    }
