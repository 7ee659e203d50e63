"""What a rule version would have changed: asked of what was decided, or of a file of cases."""

import json
import secrets
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, CompanyGuard, Session, Tools, for_all
from api.rules_shown import found
from postroad.directory.words import who_in_words
from postroad.model.label import Label
from postroad.model.people import Organisation, Who
from postroad.model.refusals import Conflict, Malformed, Refusal, Unknown
from postroad.model.storable import Said
from postroad.rules.casefile import read_cases
from postroad.rules.compare import Compared, Shift
from postroad.store.backtests import BacktestRow, Backtests, CaseFileRow
from postroad.store.people import People
from postroad.store.rule_versions import RuleVersions

router = APIRouter(tags=["rules 规则表"])

Owner = Annotated[Caller, Depends(CompanyGuard("rules"))]
READERS = for_all("rules", "rules_approve")
_CASES = {"text/csv": {"schema": {"type": "string"}}, "application/x-ndjson": {"schema": {"type": "string"}}}


class CaseFile(BaseModel):
    """An uploaded file with `n` cases."""

    id: str
    table: str
    name: str
    n: int


class BacktestOrder(BaseModel):
    """Ask `version` and the one `against` which it is held (by default the one in force) the same cases.

    The cases are what the log holds of the last `days`, or those of an uploaded file. `amount` is the column whose sums
    are told, by default the first of money.
    """

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1)
    against: int | None = Field(default=None, ge=1)
    days: int | None = Field(default=None, ge=1, le=3660)
    case_file: Said | None = Field(default=None, max_length=100)
    amount: Said | None = Field(default=None, max_length=100)

    @model_validator(mode="after")
    def _one_source(self) -> "BacktestOrder":
        if (self.days is None) == (self.case_file is None):
            raise ValueError("请给出 days 或 case_file 之一 / give either days or case_file")
        return self


class BacktestOut(BaseModel):
    """How far it is (`done` of `total`), and the `result` once it is done."""

    id: str
    table: str
    version: int
    against: int
    state: Literal["running", "done", "cancelled", "failed"]
    done: int
    total: int
    message: Label | None
    by: str
    started_at: AwareDatetime
    ended_at: AwareDatetime | None
    result: Compared | None
    load_says: list[Label] = Field(default=[], description="result.load 中的处理人 / who is meant in result.load")


@router.post(
    "/case-files",
    status_code=201,
    summary="上传案例 / Upload cases",
    openapi_extra={"requestBody": {"required": True, "content": _CASES}},
)
async def upload(request: Request, caller: Owner, parts: Tools, table: Said, name: Said = "cases") -> CaseFile:
    """CSV with a line of input names, or a JSON object of inputs in each line."""
    try:
        text = (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("文件不是 UTF-8 编码", "the file is not in UTF-8", code="cases_unreadable") from error
    cases = read_cases(text)
    lines = "\n".join(json.dumps(case, ensure_ascii=False) for case in cases).replace("\x00", "")
    row = CaseFileRow(
        id=secrets.token_hex(8),
        table_key=table,
        name=name,
        n=len(cases),
        by=caller.as_person,
        at=parts.now(),
        lines=lines,
    )
    async with parts.database.begin() as session:
        await Backtests(session).keep_cases(row)
    return CaseFile(id=row.id, table=table, name=name, n=row.n)


@router.post("/rules/{key}/backtests", status_code=202, summary="开始回测 / Start a backtest")
async def start(key: str, order: BacktestOrder, caller: Owner, parts: Tools) -> BacktestOut:
    """Goes on by itself; look for its result at its address."""
    by = caller.as_person
    async with parts.database.begin() as session:
        row = await _row(session, key, order, by, parts.now())
        await Backtests(session).begin(row)
    try:
        await parts.running.backtest(row.id, f"{row.table_key} v{row.version}")
    except Refusal as refused:
        async with parts.database.begin() as session:
            await Backtests(session).end(row.id, "failed", parts.now(), message=refused.label.model_dump())
        raise
    return _out(row)


@router.get("/rules/{key}/backtests", summary="回测列表 / Backtests", dependencies=[READERS])
async def backtests(key: str, session: Session) -> list[BacktestOut]:
    """The latest first, without their results."""
    rows = await Backtests(session).of_table(key)
    return [_out(row).model_copy(update={"result": None}) for row in rows]


@router.get("/rules/{key}/backtests/{backtest_id}", summary="回测结果 / A backtest", dependencies=[READERS])
async def backtest(key: str, backtest_id: str, session: Session) -> BacktestOut:
    told = _out(await _found(session, key, backtest_id))
    organisation = await People(session).organisation()
    load = told.result.load if told.result else []
    return told.model_copy(update={"load_says": [_shift_says(one, organisation) for one in load]})


@router.post("/rules/{key}/backtests/{backtest_id}/cancel", summary="取消回测 / Cancel a backtest")
async def cancel(key: str, backtest_id: str, caller: Owner, parts: Tools) -> BacktestOut:  # noqa: ARG001 - the guard
    async with parts.database.begin() as session:
        row = await _found(session, key, backtest_id)
        if not await Backtests(session).end(row.id, "cancelled", parts.now()):
            raise Conflict(
                f"回测 {row.id} 已结束，不能取消", f"the backtest {row.id} has ended already", code="backtest_ended"
            )
    async with parts.database.read() as session:
        return _out(await _found(session, key, backtest_id))


async def _row(session: AsyncSession, key: str, order: BacktestOrder, by: str, now: AwareDatetime) -> BacktestRow:
    draft = await found(session, key, order.version)
    against = await (
        RuleVersions(session).in_force(key, now) if order.against is None else found(session, key, order.against)
    )
    if against is None:
        raise Unknown(
            f"规则表 {key} 没有生效的版本可比；请写明 against",
            f"the rule table {key} has no version in force to compare with; say against which",
            code="not_published",
        )
    if order.case_file is not None and await Backtests(session).case_file(order.case_file) is None:
        raise Unknown(f"没有案例文件 {order.case_file}", f"there is no file of cases {order.case_file}")
    return BacktestRow(
        id=secrets.token_hex(8),
        table_key=key,
        version=draft.number,
        sha256=draft.sha256,
        against=against.number,
        against_sha256=against.sha256,
        case_file=order.case_file,
        since=now - timedelta(days=order.days) if order.days else None,
        until=now if order.days else None,
        amount=order.amount,
        state="running",
        by=by,
        started_at=now,
    )


async def _found(session: AsyncSession, key: str, backtest_id: str) -> BacktestRow:
    row = await Backtests(session).find(backtest_id)
    if row is None or row.table_key != key:
        raise Unknown(f"规则表 {key} 没有回测 {backtest_id}", f"the rule table {key} has no backtest {backtest_id}")
    return row


def _shift_says(shift: Shift, organisation: Organisation) -> Label:
    """Who is meant; results of before kept the text only."""
    return who_in_words(Who.model_validate(shift.spec), organisation) if shift.spec else Label.of(shift.who)


def _out(row: BacktestRow) -> BacktestOut:
    told: dict[str, Any] = {**row.model_dump(), "table": row.table_key, "result": row.compared}
    return BacktestOut.model_validate({name: told[name] for name in BacktestOut.model_fields if name in told})
