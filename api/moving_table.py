"""What `python -m api move` prints."""

from collections.abc import Iterator, Mapping

from api.moving import Moved, MoveOut
from postroad.model.move import Renames
from postroad.model.refusals import Malformed

_VERDICTS = {
    "safe": "✓ 可以迁移 / can move",
    "needs_mapping": "? 需要对应关系 / needs a mapping",
    "must_stay": "✗ 留在原版本 / must stay",
    "no_answer": "! 没有回答 / no answer",
}
_MOVED = "✓ 已迁移 / moved"


def renames(given: list[str]) -> Renames:
    """`old=new` as a mapping. Raises Malformed."""
    pairs = [one.partition("=") for one in given]
    if any(not (old and new) for old, _, new in pairs):
        raise Malformed("对应关系写作 旧节点=新节点", "A mapping is written old=new")
    return {old.strip(): new.strip() for old, _, new in pairs}


def table(page: MoveOut) -> Iterator[str]:
    """A line for each instance, and below it the reasons and what would be different."""
    for item in page.items:
        yield f"{item.number or item.instance}  {item.release or '-'} → {page.to}  {_word(item)}"
        for one in (*item.reasons, *item.changes):
            yield f"    {one.text.zh} / {one.text.en}"


def total(to: str, counts: Mapping[str, int]) -> str:
    said = "，".join(f"{_VERDICTS[verdict]}: {counts[verdict]}" for verdict in _VERDICTS if counts.get(verdict))
    return f"{to}：{said or '没有运行在其他版本上的流程 / nothing runs on another release'}"


def _word(item: Moved) -> str:
    return _MOVED if item.moved else _VERDICTS[str(item.verdict)]
