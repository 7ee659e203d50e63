"""What is different between two versions of a process, in words."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.depends import Tools, guarded
from api.process_shown import found
from api.surroundings import Surroundings, surroundings
from postroad.model.label import Label
from postroad.process.comparing import Edition, NodeDifference, compare
from postroad.process.drawn import read
from postroad.store.process_versions import ProcessVersionRow

router = APIRouter(prefix="/processes", tags=["processes 流程定义"])


class ProcessDifferences(BaseModel):
    """From the version `version` to the version `to`. `left_out` are nodes that cannot be read in one of them."""

    version: int
    to: int
    differences: list[NodeDifference]
    cases: list[Label]
    left_out: list[str]


@router.get(
    "/{key}/versions/{number}/difference",
    summary="两个版本的差异 / What is different between two versions",
    dependencies=[guarded("read", "processes", "processes_approve")],
)
async def difference(
    key: str,
    number: int,
    parts: Tools,
    to: Annotated[int, Query(ge=1, description="与哪一版相比 / the version it has become")],
) -> ProcessDifferences:
    """Node by node, with what changed and from what to what; rule tables are named as they are in force now."""
    async with parts.database.read() as session:
        old, new = await found(session, key, number), await found(session, key, to)
    around = await surroundings(parts)
    (before, lost), (after, missing) = _edition(old, around), _edition(new, around)
    told = compare(before, after) if before and after else []
    left_out = list(dict.fromkeys([*lost, *missing]))
    return ProcessDifferences(version=number, to=to, differences=told, cases=_cases(old, new), left_out=left_out)


def _edition(row: ProcessVersionRow, around: Surroundings) -> tuple[Edition | None, list[str]]:
    reading = read(row.content, around.tables)
    process = reading.process
    return (Edition(process, around.names(process)) if process else None), reading.left_out


def _cases(old: ProcessVersionRow, new: ProcessVersionRow) -> list[Label]:
    was, now = ({str(one.get("name")): one for one in row.cases} for row in (old, new))
    changed = [name for name in now if name in was and was[name] != now[name]]
    return [
        *(Label(zh=f"新增案例“{name}”", en=f"new case “{name}”") for name in now if name not in was),
        *(Label(zh=f"修改案例“{name}”", en=f"case “{name}” changed") for name in changed),
        *(Label(zh=f"删除案例“{name}”", en=f"case “{name}” removed") for name in was if name not in now),
    ]
