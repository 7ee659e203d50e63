"""Random definitions: every kind of node, nested, with every join, conditions that hold, fail or cannot be decided."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from hypothesis import strategies as st

from postroad.model.process import Process
from tests.process.staging import definition

Step = dict[str, Any]
CONDITIONS: tuple[dict[str, str], ...] = (*({},) * 6, {"amount": "< 500"}, {"amount": ">= 500"}, {"colour": "red"})
TWO = 2
MODES: tuple[dict[str, Any], ...] = (
    {"mode": "all"},
    {"mode": "any"},
    {"mode": "any", "or_reject": "all"},
    {"mode": "sequence"},
    {"mode": "votes", "pass": "50%"},
    {"mode": "votes", "pass": "67%", "veto": True},
    {"mode": "votes", "pass": 1},
    {"mode": "votes", "pass": TWO},
    {"assign": "claim"},
    {"assign": "random"},
)
RIGHTS: tuple[dict[str, str], ...] = ({}, {}, {"quantity": "write"}, {"quantity": "required", "colour": "hidden"})
LADDERS: tuple[tuple[Any, ...], ...] = (
    *((),) * 6, ("remind", "superior", "admin"), ("remind", "pass"), ("superior", "return"),
    ({"do": "transfer", "to": {"person": "g"}, "after": "1h"}, "reject"),
)  # fmt: skip
WHO = ("a", "b", "c", "d", "stranger")


@st.composite
def processes(draw: st.DrawFn) -> Process:
    """A definition of at most three levels; `colour` is a field that the document may lack."""
    numbers = count(1)
    steps = draw(_sequence(numbers, depth=2, at_least=4))
    rule = draw(st.sampled_from(["before_first_decision", "while_running", "never"]))
    back, revoke = draw(st.booleans()), draw(st.sampled_from([None, "2d"]))
    reach = draw(st.sampled_from(["open", "open", "run"]))
    return definition(*steps, withdraw=rule, take_back=back, revoke=revoke, reach=reach)


@st.composite
def _sequence(draw: st.DrawFn, numbers: Iterator[int], depth: int, at_least: int = 0) -> list[Step]:
    length = draw(st.integers(at_least, max(at_least, 3)))
    return [step for _ in range(length) for step in _steps(draw, numbers, depth)]


def _steps(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    kinds = [*_SIMPLE * 2, *(_NESTED * 4 if depth else ()), *_RARE]
    return draw(st.sampled_from(kinds))(draw, numbers, depth)


def _named(draw: st.DrawFn, numbers: Iterator[int], kind: str, **more: Any) -> Step:
    return {kind: f"n{next(numbers)}", "when": draw(st.sampled_from(CONDITIONS)), **more}


def _people(draw: st.DrawFn) -> list[Step]:
    return [{"person": one} for one in draw(st.lists(st.sampled_from(WHO), min_size=1, max_size=3, unique=True))]


def _approval(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    how, earlier = draw(st.sampled_from(MODES)), {"to_node": f"n{draw(st.integers(1, 9))}"}
    reject = draw(st.sampled_from(["end", "to_initiator", "to_previous", "ask", earlier]))
    # fewer people than have to approve would be a trouble that no answer mends
    who = [{"person": one} for one in "ab"] if how.get("pass") == TWO else _people(draw)
    again = draw(st.sampled_from(["walk", "direct"]))
    spared = draw(st.sampled_from(["none", "consecutive", "all"])) if how.get("mode") != "votes" else "none"
    more = {"fields": draw(st.sampled_from(RIGHTS)), "on_edit": draw(st.sampled_from([None, None, "none", "all"]))}
    how = {**how, "reject": reject, "resubmit": again, "dedupe": spared, "opinion": "optional"}
    return [_named(draw, numbers, "approval", who=who, **how, **more, **_late(draw))]


def _late(draw: st.DrawFn) -> Step:
    ladder = draw(st.sampled_from(LADDERS))
    return {"deadline": {"after": "8h", "ladder": ladder}} if ladder else {}


def _work(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    assign = draw(st.sampled_from(["everyone", "claim", "random"]))
    return [_named(draw, numbers, "work", who=_people(draw), assign=assign, fields=["quantity"], **_late(draw))]


def _cc(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    return [_named(draw, numbers, "cc", who=_people(draw))]


def _routed(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    rule = {"decide": f"n{next(numbers)}", "table": "t"}
    return [rule, {"approval": f"n{next(numbers)}", "who": {"from": f"{rule['decide']}.approver"}}]


def _own_effect(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    said = {"connector": "erp", "entity": "order", "action": "approve", "args": {"note": "{decision.opinion}"}}
    return [_named(draw, numbers, "effect", **said, undo=draw(st.sampled_from([None, "reopen"])))]


def _effect_elsewhere(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    said = {"connector": "pms", "entity": "task", "action": "create", "undo": draw(st.sampled_from([None, "cancel"]))}
    assignee = draw(st.sampled_from([None, {"person": "e"}, {"person": "stranger"}]))
    return [_named(draw, numbers, "effect", **said, assignee=assignee)]


def _call(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    waits = draw(st.booleans())
    said = {"process": "check", "document": draw(st.sampled_from([None, "{number}"])) if waits else "{number}"}
    return [_named(draw, numbers, "call", **said, wait=waits, repeat=draw(st.booleans()))]


def _pause(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    how: list[dict[str, Any]] = [
        {"for": "2h"},
        {"until": "due"},
        {"event": "delivered"},
        {"event": "paid", "until": "due"},
    ]
    return [_named(draw, numbers, "wait", **draw(st.sampled_from(how)))]


def _end(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    return [_named(draw, numbers, "end", outcome="stopped")]


def _branch(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    conditions = draw(st.lists(st.sampled_from(CONDITIONS[6:]), min_size=1, max_size=2))
    ways = [{"when": when, "steps": draw(_sequence(numbers, depth - 1))} for when in conditions]
    more = {"inclusive": draw(st.booleans()), "otherwise": draw(_sequence(numbers, depth - 1))}
    return [_named(draw, numbers, "branch", branches=ways, **more)]


def _parallel(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    branches = [draw(_sequence(numbers, depth - 1)) for _ in range(draw(st.integers(1, 3)))]
    join = draw(st.sampled_from(["all", "any", *range(1, len(branches) + 1)]))
    return [_named(draw, numbers, "parallel", branches=branches, join=join)]


def _each(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    """Of lines, of the parts of a line, or of what may be no list."""
    line = f"n{next(numbers)}"
    count = {"work": f"n{next(numbers)}", "who": _people(draw), "fields": ["quantity"]}
    if draw(st.booleans()):
        count["when"] = {f"{line}.quantity": "> 5"}
    (book,) = _effect_elsewhere(draw, numbers, depth)
    colour = {f"{line}.colour": "red"} if draw(st.booleans()) else {}
    book |= {"args": {"title": f"{{{line}.sku}}"}, "when": colour}
    parts = {"each": f"n{next(numbers)}", "items": f"{line}.parts", "steps": _cc(draw, numbers, depth)}
    items = draw(st.sampled_from(["lines", "lines", "lines", "amount", "absent"]))
    said = {"items": items, "item_key": draw(st.sampled_from([None, "sku"])), "item_title": f"{{{line}.sku}}"}
    steps = [count, *draw(_sequence(numbers, depth - 1)), book, parts]
    return [{"each": line, **said, "join": draw(st.sampled_from(["all", "all", "any", TWO])), "steps": steps}]


def _bounded_wait(draw: st.DrawFn, numbers: Iterator[int], depth: int) -> list[Step]:
    timeout = draw(_sequence(numbers, depth - 1))
    return [_named(draw, numbers, "wait", event="delivered", timeout=timeout, **{"for": "1h"})]


_Maker = Callable[[st.DrawFn, Iterator[int], int], list[Step]]
_SIMPLE: tuple[_Maker, ...] = (
    _approval, _approval, _work, _cc, _routed, _own_effect, _effect_elsewhere, _effect_elsewhere, _pause, _call,
)  # fmt: skip
_NESTED: tuple[_Maker, ...] = (_branch, _branch, _parallel, _parallel, _each, _bounded_wait)
_RARE: tuple[_Maker, ...] = (_end,)
