from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Doer, Participant, Session, Tools
from api.journey import Origin, Pressed
from api.parts import Parts
from api.receivers import Receivers, agent_of, receivers
from api.visible import as_seen, person_asked_for, visible_task
from postroad.model.decision import Action, Added, Click, Signers, Verdict, click_id
from postroad.model.label import Label
from postroad.model.refusals import Forbidden, Malformed
from postroad.model.storable import Filled, Said
from postroad.model.task import Task, TaskKind, TaskState
from postroad.store.instances import Instances
from postroad.store.tasks import Tasks
from postroad.store.within import tasks_within

router = APIRouter(prefix="/tasks", tags=["tasks 任务"])


class Decision(BaseModel):
    """What the person does to the task. `form_hash` is of the form they saw: a changed document is then not decided."""

    model_config = ConfigDict(extra="forbid")

    action: Action
    opinion: Said = Field(default="", max_length=2000)
    to: Said | None = Field(
        default=None,
        max_length=100,
        description="转交、委派给谁，或移除谁 / to whom, for transfer and delegate; whom, for remove_signer",
    )
    signers: Added | None = Field(default=None, description="加签给谁 / whom to ask as well, for add_signers")
    target: Said | None = Field(
        default=None, max_length=60, description="退回到哪个节点，或 initiator / the node to go back to, or initiator"
    )
    confirmed: bool = Field(default=False, description="不能撤销的操作可以保留 / what cannot be undone may stand")
    fields: Filled = Field(default={}, description="办理时填写的内容 / what a work task asks to fill in")
    form_hash: Said | None = Field(default=None, max_length=64)
    id: Said | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="没有收到结果时用同一个 id 再发一次 / send the same id again if the outcome did not reach you",
    )


class Outcome(BaseModel):
    """`answered` with a verdict, or `pending`: kept, and decided as soon as the instance can be reached."""

    status: str
    verdict: Verdict | None
    first: Verdict | None = None
    message: Label

    @classmethod
    def of(cls, pressed: Pressed) -> "Outcome":
        answer = pressed.answer
        return cls(
            status="answered" if answer else "pending",
            verdict=answer.verdict if answer else None,
            first=answer.first if answer else None,
            message=pressed.message,
        )


@router.get("", summary="我的任务，包括代理的 / My tasks, and those of people for whom I act")
async def tasks(
    *,
    caller: Participant,
    session: Session,
    person: str | None = None,
    state: TaskState | None = None,
    kind: Annotated[list[TaskKind] | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(description="上一页最后一个任务 / the last task of the page before")] = None,
) -> list[Task]:
    whose = person_asked_for(caller, person)
    page = await Tasks(session).page(
        person=whose, state=state, kinds=kind, within=tasks_within(caller.reach), limit=limit, after=after
    )
    return await as_seen(session, caller, page)


@router.get("/{task_id:path}", summary="一个任务 / One task")
async def task(task_id: str, caller: Participant, session: Session) -> Task:
    return await visible_task(session, caller, task_id)


@router.post(
    "/{task_id:path}/decide",
    summary="办理任务 / Decide a task",
    responses={202: {"model": Outcome, "description": "已收到，处理中 / kept, not yet decided"}},
)
async def decide(task_id: str, decision: Decision, caller: Doer, parts: Tools, response: Response) -> Outcome:
    person = caller.as_person
    async with parts.database.read() as session:
        task = await visible_task(session, caller, task_id)
        _check_handler(task, person)
        check_opinion(task, decision)
        drawn = await _drawn_in(session, task, decision, parts)
    click = click_of(task, person, decision, drawn, parts)
    pressed = await parts.journey.press(click, task.instance, Origin("api"))
    response.status_code = 200 if pressed.answer else 202
    return Outcome.of(pressed)


def _check_handler(task: Task, person: str) -> None:
    if person not in task.people:
        raise Forbidden("您不是此任务的处理人", "This task is not yours", code="not_handler")


def check_opinion(task: Task, decision: Decision) -> None:
    if decision.action in {Action.REJECT, Action.RETURN} and task.opinion_needed and not decision.opinion.strip():
        raise Malformed("请填写驳回意见", "Say why you reject it", code="opinion_needed")


async def _drawn_in(session: AsyncSession, task: Task, decision: Decision, parts: Parts) -> Receivers:
    """Those whom a decision draws in. Raises Unknown for one who is not there."""
    added = decision.signers.people if decision.signers else ()
    people = {*added, *((decision.to,) if decision.to else ())}
    view = await Instances(session).find(task.instance) if people else None
    return await receivers(session, people, view, parts.now()) if view else {}


def click_of(task: Task, person: str, decision: Decision, drawn: Receivers, parts: Parts) -> Click:
    said = decision.model_dump(include={"action", "form_hash", "opinion", "to", "fields", "target", "confirmed"})
    to, added = drawn.get(decision.to or ""), None
    if decision.signers:
        names = {one: drawn[one].name for one in decision.signers.people}
        agents = {one: agent for one in names if (agent := agent_of(drawn[one]))}
        added = Signers(**decision.signers.model_dump(), names=names, agents=agents)
    return Click(
        id=click_id(task.id, person, **said, signers=added, seen=decision.id or str(task.revision)),
        task=task.id,
        actor=person,
        to_name=to.name if to else "",
        to_agent=agent_of(to),
        signers=added,
        channel="api",
        at=parts.now(),
        **said,
    )
