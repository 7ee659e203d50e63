"""The flow of an instance as it stands: the definition with the state, the people and the time of every node."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.depends import Participant, Session, Tools
from api.parts import Parts
from api.surroundings import surroundings
from api.visible import visible_instance
from postroad.model.effect import EffectStatus
from postroad.model.process import Process
from postroad.model.refusals import Unknown
from postroad.model.table import Table
from postroad.model.task import InstanceStatus, Line
from postroad.process.course import Course, Told, course
from postroad.process.words.sentences import Sentence, sentences
from postroad.store.ledger import Ledger, LedgerRow
from postroad.store.releases import Releases
from postroad.store.story import Story

router = APIRouter(prefix="/instances", tags=["instances 流程实例"])


class FlowOut(BaseModel):
    """The definition, its nodes in sentences, and how each stands; `course.nodes` are in order, for a list as well.

    Whoever sees only a part of the document is told no more here: rows of rules, reasons and words that quote what is
    hidden are left out.
    """

    instance: str
    status: InstanceStatus
    release: str
    process: Process
    sentences: list[Sentence]
    course: Course


@router.get("/{instance_id:path}/flow", summary="流程图上的进度 / How far it has come on the picture")
async def flow(instance_id: str, caller: Participant, session: Session, parts: Tools) -> FlowOut:
    seen = await visible_instance(session, caller, instance_id)
    release = await Releases(session).find(seen.view.release)
    if release is None:
        raise Unknown(
            f"没有版本 {seen.view.release}，画不出流程图",
            f"There is no release {seen.view.release} to draw",
            code="no_release",
        )
    lines = seen.lines([row.line for row in await Story(session).of(seen.view.id)])
    effects = _effects(await Ledger(session).of_instance(seen.view.id))
    told = Told(seen.view, seen.tasks, lines, effects, await _tables(parts, lines))
    process = release.process
    names = (await surroundings(parts)).names(process)
    return FlowOut(
        instance=seen.view.id,
        status=seen.view.status,
        release=release.id,
        process=process,
        sentences=sentences(process, names),
        course=course(process, told, parts.now()),
    )


def _effects(rows: list[LedgerRow]) -> dict[str, EffectStatus]:
    """The latest of each node; what undoes it has a row of its own and shows in the status of what it undid."""
    found: dict[str, EffectStatus] = {}
    for row in rows:
        if not row.key.endswith(":undo"):
            found[row.key.removeprefix(f"{row.instance}:").rpartition(":")[0]] = EffectStatus(row.status)
    return found


async def _tables(parts: Parts, lines: list[Line]) -> dict[str, Table]:
    """The contents that decided, by their sha256."""
    asked = {line.data["sha256"]: line.data["table"] for line in lines if "sha256" in line.data}
    found: dict[str, Table] = {}
    for sha256, key in asked.items():
        try:
            found[sha256] = (await parts.tables.get(key, sha256)).table
        except Unknown:
            continue
    return found
