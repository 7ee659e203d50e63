"""Hit policies: what it means that these rows, and no others, match (OMG DMN 1.5, clause 8.2.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from pydantic import JsonValue

from postroad.model.hit import HitPolicy
from postroad.model.label import Label
from postroad.model.table import Status
from postroad.rules.compile import CompiledTable

_EXACT = Context(prec=200)
"""More digits than any sum of figures of 40 digits before and after the point can have."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rows ``rows`` (places) say together, or why they cannot."""

    status: Status
    rows: Sequence[int] = ()
    outcome: JsonValue = None
    used_default: bool = False
    message: Label | None = None


def judge(compiled: CompiledTable, matching: Sequence[int]) -> Verdict:
    """The answer when exactly these rows match, named by place and in row order."""
    hit = compiled.table.hit
    if not matching:
        return _unmatched(compiled)
    if hit.lists:
        return _listed(compiled, matching)
    if hit.aggregates:
        return Verdict(Status.OK, matching, {compiled.table.outputs[0].key: _aggregate(compiled, matching)})
    if hit is HitPolicy.UNIQUE and len(matching) > 1:
        return _conflict(compiled, matching, "请改到只有一行适用", "change them so that one does")
    if hit is HitPolicy.ANY:
        return _agreed(compiled, matching)
    place = _best(compiled, matching) if hit is HitPolicy.PRIORITY else matching[0]
    return Verdict(Status.OK, (place,), dict(compiled.table.rows[place].then))


def _unmatched(compiled: CompiledTable) -> Verdict:
    table = compiled.table
    if table.hit is HitPolicy.COLLECT_COUNT:
        return Verdict(Status.OK, (), {table.outputs[0].key: 0})
    if table.default is None:
        return Verdict(Status.NO_MATCH)
    if not table.hit.lists:
        assert isinstance(table.default, dict)  # noqa: S101 - a list is refused before compiling
        return Verdict(Status.OK, (), dict(table.default), used_default=True)
    given = table.default if isinstance(table.default, tuple) else (table.default,)
    return Verdict(Status.OK, (), [dict(one) for one in given], used_default=True)


def _listed(compiled: CompiledTable, matching: Sequence[int]) -> Verdict:
    places = matching
    if compiled.table.hit is HitPolicy.OUTPUT_ORDER:
        rank = compiled.outcomes.rank
        places = sorted(matching, key=rank.__getitem__)
    return Verdict(Status.OK, places, [dict(compiled.table.rows[place].then) for place in places])


def _aggregate(compiled: CompiledTable, matching: Sequence[int]) -> JsonValue:
    hit = compiled.table.hit
    if hit is HitPolicy.COLLECT_COUNT:
        return len(matching)
    figures = [compiled.outcomes.figures[place] for place in matching]
    if hit is HitPolicy.COLLECT_MIN:
        return _text(min(figures))
    return _text(max(figures) if hit is HitPolicy.COLLECT_MAX else exact_sum(figures))


def exact_sum(figures: Sequence[Decimal]) -> Decimal:
    """The sum to the last digit."""
    with localcontext(_EXACT):
        return sum(figures, Decimal(0))


def _text(figure: Decimal) -> str:
    text = f"{figure:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _agreed(compiled: CompiledTable, matching: Sequence[int]) -> Verdict:
    same = compiled.outcomes.same
    if any(same[place] != same[matching[0]] for place in matching):
        return _conflict(compiled, matching, "结果却不相同；请改到结果一致", "with different outcomes; make them agree")
    return Verdict(Status.OK, matching, dict(compiled.table.rows[matching[0]].then))


def _best(compiled: CompiledTable, matching: Sequence[int]) -> int:
    return min(matching, key=compiled.outcomes.rank.__getitem__)


def _conflict(compiled: CompiledTable, matching: Sequence[int], zh: str, en: str) -> Verdict:
    table = compiled.table
    ids = ", ".join(table.rows[place].id for place in matching)
    message = Label(
        zh=f"规则表 {table.table} 的多行同时适用：{ids}；{zh}", en=f"several rows of {table.table} apply: {ids}; {en}"
    )
    return Verdict(Status.CONFLICT, matching, message=message)
