"""What keeps a version from being approved or published, and how that is refused; the same for rules and processes."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from postroad.model.label import Label
from postroad.model.refusals import Conflict, Forbidden
from postroad.store.versions import Stage, VersionRow

_NAMED = 3
"""How many findings of one sort are told."""


class Stop(BaseModel):
    """One reason. `code` is for programs, `message` says what it is, an example, and what to do; `node`, where."""

    code: str
    message: Label
    node: str | None = None


def several(code: str, found: Sequence[Label], zh: str, en: str) -> Iterator[Stop]:
    """One stop for findings of one sort; none for none."""
    if not found:
        return
    more = len(found) > _NAMED
    message = Label(
        zh=zh.format(n=len(found), said="；".join(one.zh for one in found[:_NAMED]) + (" …" if more else "")),
        en=en.format(n=len(found), said="; ".join(one.en for one in found[:_NAMED]) + (" …" if more else "")),
    )
    yield Stop(code=code, message=message)


def stopped(row: VersionRow, stops: Sequence[Stop]) -> Conflict:
    """The refusal for the first of them."""
    first, more = stops[0], len(stops) - 1
    zh = f"（另有 {more} 个问题，见检查结果）" if more else ""
    en = f" (and {more} more, see the check)" if more else ""
    return Conflict(f"{row.id} 还不能用：{first.message.zh}{zh}", f"{row.id}: {first.message.en}{en}", code=first.code)


def not_published(row: VersionRow) -> None:
    if row.stage == Stage.PUBLISHED:
        raise Conflict(
            f"{row.id} 已发布，不能再改；请以它为底起草新版本",
            f"{row.id} is published and never changes; draft a new version from it",
            code="published_never_changes",
        )


def is_checked(row: VersionRow) -> None:
    if row.stage == Stage.DRAFT:
        raise Conflict(
            f"{row.id} 上次修改后还没有检查；请先检查",
            f"{row.id} was not checked since it was changed; check it first",
            code="not_checked",
        )


def is_approved(row: VersionRow) -> None:
    if row.stage != Stage.APPROVED:
        raise Conflict(
            f"{row.id} 还没有人批准；请让没有参与编写的人批准",
            f"{row.id} is not approved; somebody who did not write it has to approve it",
            code="not_approved",
        )
    if row.approver in row.authors:
        raise own_work(row)


def own_work(row: VersionRow) -> Forbidden:
    return Forbidden(
        f"{row.id} 是您参与编写的，不能自己批准；请让别人批准",
        f"You had a part in writing {row.id} and cannot approve it; ask somebody else",
        code="own_work",
    )


def in_use(row: VersionRow, stage: Stage) -> None:
    """Raises Conflict unless it is published and not retired."""
    if stage is not Stage.PUBLISHED:
        raise Conflict(
            f"{row.id} 没有发布或已停用，不用停用",
            f"{row.id} is not published, or retired already",
            code="not_published",
        )
