import secrets
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.administering import administered, done, who
from api.depends import Caller, Doer, DoerOrAdmin, Participant, Session, Tools
from api.journey import Origin
from api.parts import Parts
from api.tasks import Outcome
from api.visible import person_asked_for, visible_instance, visible_instances
from postroad.model.decision import Action, Click, click_id
from postroad.model.effect import EffectStatus
from postroad.model.event import AdminAct
from postroad.model.label import Label
from postroad.model.refusals import Forbidden
from postroad.model.rights import Reach
from postroad.model.storable import Said
from postroad.model.task import InstanceStatus, InstanceView, Line, Task
from postroad.store.instances import Instances
from postroad.store.ledger import Ledger, LedgerRow
from postroad.store.people import People
from postroad.store.story import Story
from postroad.store.within import instances_within

router = APIRouter(prefix="/instances", tags=["instances 流程实例"])


class EffectOut(BaseModel):
    """One row of the write-back ledger: an action in another system and how far it came.

    `node` is the step it belongs to. The evidence is what was read back: `result_version` and `result_state` of the
    document, or `ref` of what was made; `replayed`, that it was already so.
    """

    key: str
    node: str
    connector: str
    entity: str
    action: str
    status: EffectStatus
    attempts: int
    planned_at: AwareDatetime
    sent_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    on_behalf_of: str | None
    result_version: str | None
    result_state: str | None
    ref: str | None
    replayed: bool
    message: str | None

    @classmethod
    def of(cls, row: LedgerRow) -> "EffectOut":
        told = row.model_dump(include=set(cls.model_fields))
        result = row.outcome
        more = {
            "node": row.key.removeprefix(f"{row.instance}:").rpartition(":")[0],
            "on_behalf_of": row.actor["name"] if row.actor else None,
            "result_state": result.state if result else None,
            "ref": result.ref if result else None,
            "replayed": result.replayed if result else False,
        }
        return cls.model_validate({**told, **more})


class CalledOut(BaseModel):
    """An instance that another one called, and how far it is."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    process: str
    title: Label
    number: str
    status: InstanceStatus
    outcome: str | None


class InstanceOut(BaseModel):
    """An instance with its tasks (each says why it is this person's), its effects in other systems, and its calls.

    `workflow_page` is the workflow's page in Temporal's Web UI, for administrators, where the settings name one.
    """

    instance: InstanceView
    tasks: list[Task]
    effects: list[EffectOut]
    calls: list[CalledOut]
    workflow_page: str | None = None


class Timeline(BaseModel):
    """The story of an instance. `verified` says that no line was altered or removed since it was written.

    `names` are the names, by id, of the people whom the lines mention.
    """

    lines: list[Line]
    names: dict[str, str]
    verified: bool
    problems: list[str]


class Reason(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Said = Field(default="", max_length=2000)


class Revocation(Reason):
    confirmed: bool = Field(default=False, description="不能撤销的操作可以保留 / what cannot be undone may stand")


@router.get("", summary="流程实例列表 / Instances")
async def instances(
    *,
    caller: Participant,
    session: Session,
    status: InstanceStatus | None = None,
    process: str | None = None,
    person: str | None = None,
    number: Annotated[str | None, Query(description="单据编号 / number of the document")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(description="上一页最后一个实例 / the last instance of the page before")] = None,
) -> list[InstanceView]:
    if person is not None:
        person_asked_for(caller, person)
    page = await Instances(session).page(
        status=status,
        process=process,
        person=person,
        number=number,
        within=instances_within(caller.reach if caller.reads_of_others else Reach(person=caller.as_person)),
        limit=limit,
        after=after,
    )
    return await visible_instances(session, caller, page)


@router.get("/{instance_id:path}/timeline", summary="流程经过 / The story of an instance")
async def timeline(instance_id: str, caller: Participant, session: Session) -> Timeline:
    seen = await visible_instance(session, caller, instance_id)
    problems = await Story(session).verify(seen.view.id)
    lines = seen.lines([row.line for row in await Story(session).of(seen.view.id)])
    names = await People(session).names({line.person for line in lines if line.person})
    return Timeline(lines=lines, names=names, verified=not problems, problems=problems)


@router.get("/{instance_id:path}", summary="一个流程实例 / One instance")
async def instance(instance_id: str, caller: Participant, session: Session, parts: Tools) -> InstanceOut:
    seen = await visible_instance(session, caller, instance_id)
    effects = [EffectOut.of(row) for row in await Ledger(session).of_instance(seen.view.id)]
    pages = parts.workflow_pages if "admin" in caller.scopes else None
    return InstanceOut(
        instance=seen.view,
        tasks=seen.tasks,
        effects=[one if seen.is_full else one.model_copy(update={"message": None}) for one in effects],
        calls=[CalledOut.model_validate(one) for one in await Instances(session).called_by(seen.view.id)],
        workflow_page=pages.of(seen.view.id) if pages else None,
    )


@router.post(
    "/{instance_id:path}/withdraw",
    summary="撤回流程 / Withdraw an instance",
    responses={202: {"model": Outcome, "description": "已收到，处理中 / kept, not yet decided"}},
)
async def withdraw(instance_id: str, order: Reason, caller: DoerOrAdmin, parts: Tools, response: Response) -> Outcome:
    """By the initiator, as the process allows it; an administrator withdraws through `admin` or here."""
    return await _by_initiator_or_admin(Action.WITHDRAW, instance_id, order, caller, parts, response)


@router.post(
    "/{instance_id:path}/urge",
    summary="催办 / Remind those whose turn it is",
    responses={202: {"model": Outcome, "description": "已收到，处理中 / kept, not yet decided"}},
)
async def urge(instance_id: str, order: Reason, caller: DoerOrAdmin, parts: Tools, response: Response) -> Outcome:
    """By the initiator or an administrator, two hours apart and five times at most."""
    return await _by_initiator_or_admin(Action.URGE, instance_id, order, caller, parts, response)


@router.post(
    "/{instance_id:path}/revoke",
    summary="申请撤销审批 / Ask for the approval to be revoked",
    responses={202: {"model": Outcome, "description": "已收到，处理中 / kept, not yet decided"}},
)
async def revoke(instance_id: str, order: Revocation, caller: Doer, parts: Tools, response: Response) -> Outcome:
    """By the initiator, after the end and within the time the process gives; those who approved are asked."""
    async with parts.database.read() as session:
        view = (await visible_instance(session, caller, instance_id)).view
    if view.initiator != caller.as_person:
        raise Forbidden("只有发起人可以申请撤销", "Only the initiator may ask for it", code="not_initiator")
    return await _by_initiator(Action.REVOKE, view, order, parts, response, confirmed=order.confirmed)


async def _by_initiator_or_admin(  # noqa: PLR0917 - what the two endpoints are given
    action: Action, instance_id: str, order: Reason, caller: Caller, parts: Parts, response: Response
) -> Outcome:
    async with parts.database.read() as session:
        view = await _one_may_act_on(session, caller, instance_id)
        by = await who(session, caller)
    if caller.person != view.initiator:
        return await done(parts, view, _by_admin(action, by, order), caller)
    return await _by_initiator(action, view, order, parts, response)


async def _by_initiator(
    action: Action, view: InstanceView, order: Reason, parts: Parts, response: Response, *, confirmed: bool = False
) -> Outcome:
    click = Click(
        id=click_id(view.id, view.initiator, action, str(view.revision), order.reason, confirmed=confirmed),
        task=view.id,
        actor=view.initiator,
        action=action,
        opinion=order.reason,
        confirmed=confirmed,
        at=parts.now(),
    )
    pressed = await parts.journey.press(click, view.id, Origin("api"))
    response.status_code = 200 if pressed.answer else 202
    return Outcome.of(pressed)


async def _one_may_act_on(session: AsyncSession, caller: Caller, instance_id: str) -> InstanceView:
    if "admin" in caller.scopes:
        return await administered(session, caller, instance_id)
    view = (await visible_instance(session, caller, instance_id)).view
    if view.initiator != caller.as_person:
        raise Forbidden("只有发起人可以这样做", "Only the initiator may do that", code="not_initiator")
    return view


def _by_admin(action: Action, by: dict[str, str], order: Reason) -> AdminAct:
    reason = order.reason or "管理员操作 / by an administrator"
    return AdminAct.model_validate({"id": secrets.token_hex(16), "act": action.value, "reason": reason, **by})
