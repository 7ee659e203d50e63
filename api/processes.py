from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.depends import Session, Tools, guarded
from api.dispatch import instance_id
from api.moving import no_such_process
from postroad.model.document import DocumentRef
from postroad.model.label import Label
from postroad.model.process import Process
from postroad.model.refusals import Conflict
from postroad.store.process_versions import in_use
from postroad.store.releases import Release, Releases

router = APIRouter(prefix="/processes", tags=["processes 流程定义"])


class ProcessOut(BaseModel):
    """The latest release of a process, at a glance."""

    key: str
    title: Label
    release: str
    published_at: AwareDatetime
    document: str = Field(description="系统与单据类型 / system and kind of the documents it is about")


class ReleaseOut(BaseModel):
    """A release in full; `tables` maps each rule table to the sha256 of its content."""

    release: str
    published_at: AwareDatetime
    process: Process
    tables: dict[str, str]


class StartOrder(BaseModel):
    """Starts the process for a document as if its system had said so."""

    model_config = ConfigDict(extra="forbid")

    document: str = Field(min_length=1, max_length=200, description="单据编号 / id of the document in its system")
    round: int = Field(default=1, ge=1, le=9999, description="第几次提交 / which submission of the document")


class Started(BaseModel):
    """`duplicate`: this round of the document had been started before."""

    status: str
    instance: str


@router.get("", summary="流程列表 / Processes", dependencies=[guarded("read", "act")])
async def processes(session: Session) -> list[ProcessOut]:
    return [_at_a_glance(release) for release in await Releases(session).all_latest()]


@router.get("/{key}", summary="流程定义 / The definition of a process", dependencies=[guarded("read", "act")])
async def process(key: str, session: Session) -> ReleaseOut:
    release = await _latest(session, key)
    return ReleaseOut(
        release=release.id, published_at=release.published_at, process=release.process, tables=release.tables
    )


@router.post("/{key}/start", status_code=202, summary="手动发起 / Start by hand", dependencies=[guarded("admin")])
async def start(key: str, order: StartOrder, parts: Tools) -> Started:
    async with parts.database.read() as session:
        release = await _latest(session, key)
        if not await in_use(session, [release], parts.now()):
            raise Conflict(
                f"流程 {key} 已停用，不能发起；请先发布新版本",
                f"The process {key} is retired and starts nothing; publish a new version first",
                code="process_retired",
            )
    bound = release.process.document
    document = DocumentRef(system=bound.system, kind=bound.kind, id=order.document)
    is_new = await parts.dispatcher.start(release, document, order.round)
    return Started(status="started" if is_new else "duplicate", instance=instance_id(key, document, order.round))


async def _latest(session: Session, key: str) -> Release:
    release = await Releases(session).latest(key)
    if release is None:
        raise no_such_process(key)
    return release


def _at_a_glance(release: Release) -> ProcessOut:
    process = release.process
    bound = process.document
    return ProcessOut(
        key=release.process_key,
        title=process.title,
        release=release.id,
        published_at=release.published_at,
        document=f"{bound.system}:{bound.kind}",
    )
