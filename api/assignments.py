"""Why a task is this person's, and whose a task would be."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, DoerOrAdmin, Participant, Session, Tools
from api.visible import visible_instance, visible_task
from postroad.directory import choose, resolve, shortlist
from postroad.model.assignment import Choice, Ranked, Step, Trace
from postroad.model.label import Label
from postroad.model.people import Organisation, Who
from postroad.model.refusals import Forbidden, Malformed, Unknown
from postroad.model.storable import STORABLE, Filled, Said
from postroad.store.absences import Absences
from postroad.store.assignments import Assignments
from postroad.store.loads import Loads
from postroad.store.people import People
from postroad.store.releases import Releases

router = APIRouter(tags=["assignment 分派"])

_NO_OWNER = Who(role="process_owner")


class ChosenPerson(BaseModel):
    person: str
    name: str
    agent: str | None = None


class Chosen(BaseModel):
    """Who was chosen at which step and why; `ranking`, everybody who was looked at, and why not the others.

    Whoever sees only a part of the document, or whose task is over, is told neither the ranking nor the trace.
    """

    step: Step
    people: list[ChosenPerson]
    why: Label
    ranking: list[Ranked] = []
    trace: Trace | None = None


class Assignment(Chosen):
    """A choice that was made: the `number`th of all."""

    task: str
    number: int
    at: datetime


class Context(BaseModel):
    """What the document says (`variables`), who started it, for which process and node, and who did which step."""

    model_config = ConfigDict(extra="forbid")

    process: Said = Field(default="", max_length=64)
    node: Said = Field(default="", max_length=80)
    initiator: Said = Field(default="", max_length=64)
    variables: Filled = {}
    done_by: dict[Said, list[Said]] = {}
    estimate: Annotated[float, Field(gt=0, le=1000)] = 1


class Trial(BaseModel):
    """A specification to try. Nothing is given to anybody: a task is given where its instance comes to it."""

    model_config = ConfigDict(extra="forbid")

    spec: Annotated[Who, STORABLE]
    context: Context = Context()
    dry_run: Literal[True] = True


@router.get("/tasks/{task_id:path}/assignment", summary="为什么分派给他 / Why a task is this person's")
async def assignment(task_id: str, caller: Participant, session: Session) -> Assignment:
    task = await visible_task(session, caller, task_id)
    kept = await Assignments(session).of_visit(task.id)
    if kept is None:
        raise Unknown(
            f"任务 {task_id} 不是按策略分派的", f"the task {task_id} was not given by a strategy", code="not_assigned"
        )
    seen = await visible_instance(session, caller, task.instance)
    told = _told(kept.trace.choice, kept.trace)
    if not (seen.is_full and seen.explains):
        told = {**told, "why": seen.label(kept.trace.choice.why), "ranking": [], "trace": None}
    return Assignment(task=kept.task, number=kept.number, at=kept.at, **told)


@router.post("/assign/resolve", summary="试选处理人 / Whom a specification would choose")
async def try_assignment(trial: Trial, caller: DoerOrAdmin, parts: Tools) -> Chosen:
    """For administrators, and for the owner of the process that is named."""
    context, at = trial.context, parts.now()
    if trial.spec.strategy is None:
        raise Malformed("请写明 strategy", "say which strategy", code="no_strategy")
    async with parts.database.read() as session:
        organisation = await People(session).organisation()
        owner = await _owner(session, caller, context.process, organisation)
        short = shortlist(
            trial.spec,
            owner=owner,
            initiator=context.initiator,
            variables=context.variables,
            organisation=organisation,
            fallback=(Who(process_owner=True),),
            absences=await Absences(session).not_over(at),
            at=at,
            process=context.process,
            done_by=context.done_by,
            minutes=round(context.estimate * 60),
        )
        loads = await Loads(session).of(short.doers)
        same = short.key and f"{context.process}/{context.node} {short.key}"
        before = await Assignments(session).before(same, "") if same else None
    choice = choose(short, loads, before)
    return Chosen(**_told(choice, Trace(shortlist=short, loads=loads, before=before, choice=choice)))


async def _owner(session: AsyncSession, caller: Caller, process: str, organisation: Organisation) -> Who:
    """Who owns the process. Raises Forbidden for a caller who neither does nor is an administrator."""
    release = await Releases(session).latest(process) if process else None
    owner = release.process.owner if release else _NO_OWNER
    if "admin" not in caller.scopes and not (release and caller.as_person in _people(owner, organisation)):
        raise Forbidden(
            "只有管理员和流程负责人可以试选处理人",
            "Only administrators and the owner of the process may try who would be chosen",
            code="not_owner",
        )
    return owner


def _people(owner: Who, organisation: Organisation) -> Iterable[str]:
    found = resolve((owner,), owner=owner, initiator="", variables={}, organisation=organisation)
    return {one.person for one in found.candidates}


def _told(choice: Choice, trace: Trace) -> Mapping[str, Any]:
    people = [ChosenPerson(person=one.person, name=one.name, agent=one.agent) for one in choice.people]
    return {"step": choice.step, "people": people, "why": choice.why, "ranking": list(choice.ranking), "trace": trace}
