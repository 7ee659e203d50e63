"""Running instances of a process and another release of it: who could move, why others cannot, and the move."""

import asyncio
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, Guard, Session, Tools, guarded
from api.parts import Parts
from api.running import NotTaken
from postroad.model.acting import COMMAND_LINE, Actor
from postroad.model.decision import Verdict
from postroad.model.label import Label
from postroad.model.move import Destination, Fitness, MoveOrder, Note, Renames
from postroad.model.refusals import Forbidden, Malformed, Refusal, Unknown
from postroad.model.rights import EVERYTHING, Reach, Scope
from postroad.model.storable import Said
from postroad.model.task import InstanceView
from postroad.store.audit import Audit
from postroad.store.instances import Instances
from postroad.store.releases import Release, Releases
from postroad.store.releasing import planned_release
from postroad.store.rule_versions import RuleVersions
from postroad.store.within import begun_within

PLANNING: tuple[Scope, ...] = ("admin", "processes", "processes_approve")
Planner = Annotated[Caller, Depends(Guard(*PLANNING))]
router = APIRouter(prefix="/processes", tags=["processes 流程定义"])

LATEST = "latest"
AT_ONCE = 8
_NO_ANSWER = "no_answer"


class ReleaseLine(BaseModel):
    """`running` counts the instances that have not ended."""

    release: str
    published_at: AwareDatetime
    tables: dict[str, str]
    running: int


class Move(BaseModel):
    """Which instances, to which release. `mapping` says what renamed nodes have become (old name: new name).

    `to` may name a version that is not published yet, as long as it is a dry run.

    Without `instances`, it is about all that run on other releases, or on `from`: a page of them, and `after` is the
    last instance of the page before. With `dry_run` nothing moves. Send the same `id` again to repeat an order.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    to: Said = Field(default=LATEST, max_length=100)
    from_: Said | None = Field(default=None, alias="from", max_length=100)
    mapping: Renames = Field(default={}, max_length=200)
    instances: list[Said] = Field(default=[], max_length=200)
    dry_run: bool = True
    reason: Said = Field(default="", max_length=2000)
    id: Said | None = Field(default=None, min_length=1, max_length=100)
    limit: int = Field(default=50, ge=1, le=200)
    after: Said | None = Field(default=None, max_length=300)


class Moved(BaseModel):
    """One instance: whether it can move, why not, what would be different for it, and whether it has moved.

    `no_answer`: it could not be asked, or did not answer in time; `reasons` say why.
    """

    instance: str
    number: str
    release: str
    verdict: Fitness | Literal["no_answer"]
    reasons: tuple[Note, ...] = ()
    changes: tuple[Note, ...] = ()
    moved: bool = False


class Group(BaseModel):
    """Instances with one verdict: how many, and in words what becomes of them."""

    verdict: Fitness | Literal["no_answer"]
    count: int
    text: Label


class MoveOut(BaseModel):
    """`next` is the `after` of the next page; None when this was the last one. `groups` are those of this page."""

    to: str
    dry_run: bool
    counts: dict[str, int]
    groups: list[Group]
    items: list[Moved]
    next: str | None


@router.get("/{key}/releases", summary="流程的全部版本 / Releases of a process", dependencies=[guarded("read", "act")])
async def releases(key: str, session: Session) -> list[ReleaseLine]:
    """Newest first."""
    found = await Releases(session).history(key)
    if not found:
        raise no_such_process(key)
    running = await Instances(session).running_by_release(key)
    return [
        ReleaseLine(release=one.id, published_at=one.published_at, tables=one.tables, running=running.get(one.id, 0))
        for one in found
    ]


@router.post("/{key}/move", summary="把运行中的流程迁移到新版本 / Move running instances to another release")
async def move(key: str, order: Move, caller: Planner, parts: Tools) -> MoveOut:
    """Sorts running instances into `safe`, `needs_mapping` and `must_stay`; unless it is a dry run, moves the safe.

    Whoever draws processes may look; moving is an administrator's.
    """
    if not order.dry_run and "admin" not in caller.scopes:
        raise Forbidden(
            "迁移运行中的流程需要 admin 权限；请把计划交给管理员",
            "Moving running instances takes the scope admin; give the plan to an administrator",
            code="scope_missing",
        )
    by, scope = caller.person or caller.name, next(one for one in PLANNING if one in caller.scopes)
    return await move_instances(parts, key, order, by=by, actor=caller.actor, reach=caller.rights.reach(scope))


async def move_instances(
    parts: Parts, key: str, order: Move, *, by: str, actor: Actor = COMMAND_LINE, reach: Reach = EVERYTHING
) -> MoveOut:
    """One page of it. Raises Malformed and Unknown for an order that means nothing."""
    if not order.dry_run and not order.reason.strip():
        raise Malformed("请说明迁移的原因", "Say why they move")
    async with parts.database.read() as session:
        release = await _destination(session, key, order, parts.now())
        tables = await RuleVersions(session).pinned(release.tables, parts.now())
        found = await Instances(session).to_move(
            key,
            to=release.id,
            on=order.from_,
            ids=order.instances,
            within=begun_within(reach),
            limit=order.limit,
            after=order.after,
        )
    if not order.dry_run:
        told = {"to": release.id, "instances": [view.id for view in found]}
        async with parts.database.begin() as session:
            await Audit(session).note(
                actor, "process.moved", f"process:{key}", parts.now(), after=told, reason=order.reason
            )
    mover = _Mover(parts, release, tables, order, by, order.id or secrets.token_hex(16))
    items = [*await mover.all(found), *_not_running(order, found)]
    counts = Counter(str(item.verdict) for item in items)
    last = found[-1].id if len(found) == order.limit else None
    return MoveOut(
        to=release.id,
        dry_run=order.dry_run,
        counts=counts,
        groups=_groups(items, dry_run=order.dry_run),
        items=items,
        next=last,
    )


def _groups(items: list[Moved], *, dry_run: bool) -> list[Group]:
    counts = Counter(item.verdict for item in items)
    plans = _PLANNED if dry_run else {**_PLANNED, Fitness.SAFE: _MOVED}
    return [
        Group(verdict=verdict, count=counts[verdict], text=plan.model_copy(update=_numbered(plan, counts[verdict])))
        for verdict, plan in plans.items()
        if counts[verdict]
    ]


def _numbered(plan: Label, count: int) -> dict[str, str]:
    return {"zh": plan.zh.format(n=count), "en": plan.en.format(n=count)}


_PLANNED: dict[Fitness | Literal["no_answer"], Label] = {
    Fitness.SAFE: Label(zh="{n} 个可以迁移，之后按新版本走完", en="{n} can move and go on in the new version"),
    Fitness.NEEDS_MAPPING: Label(
        zh="{n} 个正在的节点不在新版本中，说明它对应哪个节点后可以迁移",
        en="{n} are at a node that is not in the new version; say what it has become, and they can move",
    ),
    Fitness.MUST_STAY: Label(zh="{n} 个留在原版本走完", en="{n} stay and end in the version they are on"),
    "no_answer": Label(zh="{n} 个没有及时回答，请稍后再看", en="{n} did not answer in time; look again later"),
}
_MOVED = Label(zh="{n} 个已按新版本继续", en="{n} go on in the new version")


def _not_running(order: Move, found: list[InstanceView]) -> list[Moved]:
    """What was asked for by name and is nowhere to be moved."""
    why = Label(zh="没有在其他版本上运行", en="does not run on another release")
    known = {view.id for view in found}
    return [
        Moved(
            instance=one,
            number="",
            release="",
            verdict=Fitness.MUST_STAY,
            reasons=(Note(code="not_running", text=why),),
        )
        for one in order.instances
        if one not in known
    ]


def no_such_process(key: str) -> Unknown:
    return Unknown(f"没有流程 {key}，请先发布", f"There is no process {key}; publish it first", code="no_such_process")


async def _destination(session: AsyncSession, key: str, order: Move, at: datetime) -> Release:
    releases = Releases(session)
    release = await (releases.latest(key) if order.to == LATEST else releases.find(order.to))
    if release is None and order.dry_run:
        release = await planned_release(session, order.to, at)
    if release is None and order.to == LATEST:
        raise no_such_process(key)
    if release is None or release.process_key != key:
        raise Unknown(f"流程 {key} 没有版本 {order.to}", f"The process {key} has no release {order.to}")
    nodes = {node.id for _, node in release.process.walk()}
    unknown = [new for new in order.mapping.values() if new not in nodes]
    if unknown:
        raise Malformed(
            f"版本 {release.id} 没有节点 {unknown[0]}", f"The release {release.id} has no node {unknown[0]}"
        )
    return release


@dataclass(frozen=True)
class _Mover:
    parts: Parts
    release: Release
    tables: dict[str, str]
    order: Move
    by: str
    id: str

    async def all(self, found: list[InstanceView]) -> list[Moved]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(view: InstanceView) -> Moved:
            async with gate:
                return await self._one(view)

        return list(await asyncio.gather(*(one(view) for view in found)))

    async def _one(self, view: InstanceView) -> Moved:
        """Whatever becomes of one instance holds up no other."""
        item = Moved(instance=view.id, number=view.number, release=view.release, verdict="no_answer")
        try:
            considered = await self.parts.running.consider(view.id, self._to())
            item = item.model_copy(update=dict(considered))
            if considered.verdict is Fitness.SAFE and not self.order.dry_run:
                item = item.model_copy(update=await self._move(view.id))
        except NotTaken as refused:  # it went on between the two
            why = Note(code=refused.code, text=refused.label)
            return item.model_copy(update={"verdict": Fitness.MUST_STAY, "reasons": (why,)})
        except Refusal as refused:
            why = Note(code=refused.code, text=refused.label)
            return item.model_copy(update={"verdict": _NO_ANSWER, "reasons": (why,)})
        return item

    async def _move(self, instance: str) -> dict[str, object]:
        order = MoveOrder(id=self.id, by=self.by, reason=self.order.reason, to=self._to())
        answer = await self.parts.running.move(instance, order)
        return {"moved": answer.verdict in {Verdict.ACCEPTED, Verdict.DUPLICATE}}

    def _to(self) -> Destination:
        release = self.release
        return Destination(
            release=release.id, process=release.definition, tables=self.tables, mapping=self.order.mapping
        )
