"""The log of administrative acts, for auditors."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict

from api.depends import Caller, Guard, Session
from postroad.model.refusals import Forbidden
from postroad.store.audit import Audit

router = APIRouter(prefix="/audit", tags=["rights 权限"])

Auditor = Annotated[Caller, Depends(Guard("audit"))]


class AuditOut(BaseModel):
    """One act: when, by whom (`via` which token or session, from which `address`), what, on what, and why."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    at: AwareDatetime
    person: str | None
    name: str
    via: str
    address: str
    act: str
    object: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str


@router.get("", summary="审计日志 / The audit log")
async def audit(
    *,
    caller: Auditor,
    session: Session,
    person: Annotated[str | None, Query(description="谁做的 / by whom")] = None,
    act: Annotated[str | None, Query(description="操作或其开头，如 role. / an act or its beginning")] = None,
    object: Annotated[str | None, Query(description="对象或其开头，如 person:chen / on what")] = None,  # noqa: A002
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[int | None, Query(ge=0, lt=2**31, description="上一页最后一条 / the last one before")] = None,
) -> list[AuditOut]:
    """The latest first. For those whose right reaches the whole company: the acts of all are in one log."""
    if not caller.rights.reach("audit").everything:
        raise Forbidden(
            "审计日志只对全公司的审计员开放", "The log is for auditors of the whole company", code="not_all"
        )
    found = await Audit(session).page(
        person=person, act=act, object=object, since=since, until=until, limit=limit, after=after
    )
    return [AuditOut.model_validate(row) for row in found]
